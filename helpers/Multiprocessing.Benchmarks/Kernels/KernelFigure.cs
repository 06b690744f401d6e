using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>A figure that every kernel has.</summary>
/// <param name="Measure">Measures a kernel.</param>
internal sealed record KernelFigure(Func<KernelProgram, Effort, CancellationToken, Task<double>> Measure) : PeerFigure(DotNetInteractivePeer.Name)
{
    /// <inheritdoc/>
    public override Side? Absent(Peers peers) => peers.DotNetInteractive.WhyMissing is { } why ? new Side(null, why) : null;

    /// <inheritdoc/>
    public override async Task<Side> MeasureAsync(Peers peers, Better better, Effort effort, CancellationToken cancellationToken) =>
        new(await Measure(peers.DotNetInteractive.Program, effort, cancellationToken));
}
