namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>A figure of somebody who does what we do, in a way of their own.</summary>
/// <param name="Peer">Who it is.</param>
internal abstract record PeerFigure(string Peer)
{
    /// <summary>Measures it.</summary>
    /// <param name="peers">Those who are here.</param>
    /// <param name="better">Which of several figures is the best.</param>
    /// <param name="effort">How often.</param>
    /// <param name="cancellationToken">Ends every process that has been started for it.</param>
    /// <returns>No figure if the peer is not here: that is no failure.</returns>
    public abstract Task<Side> MeasureAsync(Peers peers, Better better, Effort effort, CancellationToken cancellationToken);
}
