using System.Collections.Concurrent;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>Figures that a kernel gives together: they are measured for the first of their rows.</summary>
/// <param name="measure">Measures all of them.</param>
internal sealed class KernelFigures(Func<KernelProgram, Effort, CancellationToken, Task<IReadOnlyList<double>>> measure)
{
    private readonly ConcurrentDictionary<KernelProgram, Task<IReadOnlyList<double>>> _measured = [];

    /// <summary>A row of one figure, the less the better, for our kernel and .NET Interactive.</summary>
    /// <param name="index">Which of the figures.</param>
    /// <param name="name">What it is, without the word kernel.</param>
    /// <param name="unit">Its unit.</param>
    public Measurement Row(int index, string name, string unit)
    {
        return new($"kernel: {name}", unit, Better.Lower, (effort, cancellationToken) => MeasureAsync(KernelProgram.Ours, effort, cancellationToken))
        {
            Theirs = new KernelFigure(MeasureAsync),
        };

        async Task<double> MeasureAsync(KernelProgram program, Effort effort, CancellationToken cancellationToken) =>
            (await _measured.GetOrAdd(program, _ => measure(program, effort, cancellationToken)))[index];
    }
}
