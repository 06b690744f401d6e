using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Queues;

/// <summary>A figure of a queue of Cloudtoid.Interprocess.</summary>
/// <param name="Measure">Measures one.</param>
internal sealed record InterprocessFigure(Func<InterprocessQueue, Effort, Task<double>> Measure) : PeerFigure(InterprocessPeer.Name)
{
    /// <inheritdoc/>
    public override Side? Absent(Peers peers) => peers.Interprocess.WhyMissing is { } why ? new Side(null, why) : null;

    /// <inheritdoc/>
    public override async Task<Side> MeasureAsync(Peers peers, Better better, Effort effort, CancellationToken cancellationToken)
    {
        using InterprocessQueue queue = peers.Interprocess.Create();
        return new Side(await Measure(queue, effort));
    }
}
