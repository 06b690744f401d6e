namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>A figure of somebody who does what we do, in a way of their own.</summary>
/// <param name="Peer">Who it is.</param>
internal abstract record PeerFigure(string Peer)
{
    /// <summary>What there is in its place if the peer is not here, which is no failure; null if the peer is here.</summary>
    public abstract Side? Absent(Peers peers);

    /// <summary>Measures it.</summary>
    /// <param name="peers">Those who are here, this one among them.</param>
    /// <param name="better">Which of several figures is the best.</param>
    /// <param name="effort">How often.</param>
    /// <param name="cancellationToken">Ends every process that has been started for it.</param>
    public abstract Task<Side> MeasureAsync(Peers peers, Better better, Effort effort, CancellationToken cancellationToken);
}
