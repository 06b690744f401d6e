using Multiprocessing.Benchmarks.Measuring;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>How long the cells of a notebook take, one after the other, in a kernel that has run a first one.</summary>
internal static class CellSeries
{
    private const int Cells = 100;

    public static IEnumerable<Measurement> Measurements => [new KernelFigures(MeasureAsync).Row(0, "a hundred small cells, each", "ms")];

    private static Task<IReadOnlyList<double>> MeasureAsync(KernelProgram program, Effort effort, CancellationToken cancellationToken) => Sample.MediansAsync(effort, 1, async () =>
    {
        await using KernelProcess kernel = await program.StartAsync(cancellationToken);
        await kernel.RunAsync("1+1", cancellationToken);
        int cells = effort.Share(Cells);
        return [(await SmallCells.RunAsync(kernel, 0, cells, cancellationToken)).TotalMilliseconds / cells];
    });
}
