using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>How long a reader waits for the first result.</summary>
internal static class KernelStart
{
    public static IEnumerable<Measurement> Measurements
    {
        get
        {
            KernelFigures figures = new(MeasureAsync);
            return
            [
                figures.Row(0, "start of the process to KernelReady", "ms"),
                figures.Row(1, "first cell (1+1)", "ms"),
                figures.Row(2, "start of the process to the end of the first cell", "ms"),
            ];
        }
    }

    // The start that does not count finds the files on the disk, and leaves our kernel's profile of what it needs.
    private static Task<IReadOnlyList<double>> MeasureAsync(KernelProgram program, Effort effort, CancellationToken cancellationToken) => Sample.MediansAsync(effort, 1, async () =>
    {
        long begin = Stopwatch.GetTimestamp();
        await using KernelProcess kernel = await program.StartAsync(cancellationToken);
        TimeSpan ready = Stopwatch.GetElapsedTime(begin);
        CellResult cell = await kernel.RunAsync("1+1", cancellationToken);
        TimeSpan done = Stopwatch.GetElapsedTime(begin);
        Check.Equal(true, cell.Value().Contains('2', StringComparison.Ordinal));
        return [ready.TotalMilliseconds, cell.Elapsed.TotalMilliseconds, done.TotalMilliseconds];
    });
}
