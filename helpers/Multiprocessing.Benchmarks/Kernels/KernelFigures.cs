using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>Figures that a kernel gives together. Each of their rows is measured in a process of its own, and takes the one that is its own.</summary>
/// <param name="measure">Measures all of them.</param>
internal sealed class KernelFigures(Func<KernelProgram, Effort, CancellationToken, Task<IReadOnlyList<double>>> measure)
{
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
            (await measure(program, effort, cancellationToken))[index];
    }
}
