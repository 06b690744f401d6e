namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>A figure that one of the scripts in the Python folder can measure.</summary>
/// <param name="Script">The script's file name.</param>
/// <param name="Names">What it calls the figure. Of several - the ways in which Python can do it - the best counts.</param>
internal sealed record PythonFigure(string Script, params string[] Names) : PeerFigure(PythonPeer.Name)
{
    /// <summary>The peer where it is not <c>multiprocessing</c> itself.</summary>
    public const string Futures = "concurrent.futures";

    /// <inheritdoc cref="Futures"/>
    public const string Loky = "loky";

    /// <inheritdoc/>
    public override Side? Absent(Peers peers) => peers.Python is null ? new Side(null) : null;

    /// <inheritdoc/>
    public override Task<Side> MeasureAsync(Peers peers, Better better, Effort effort, CancellationToken cancellationToken) => peers.Python!.MeasureAsync(this, better, effort, cancellationToken);
}
