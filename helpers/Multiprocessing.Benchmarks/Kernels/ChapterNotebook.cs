using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;
using NotebookRunner.Documents;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>How long a whole notebook of the chapter takes, from the start of its kernel to the end of its last cell. It starts worker processes, too.</summary>
internal static class ChapterNotebook
{
    private const string Name = "30-2-address-space";

    public static IEnumerable<Measurement> Measurements => [new KernelFigures(MeasureAsync).Row(0, $"notebook {Name}, start and all cells", "ms")];

    private static Task<IReadOnlyList<double>> MeasureAsync(KernelProgram program, Effort effort, CancellationToken cancellationToken)
    {
        string[] cells = [.. NotebookDocument.Load(Path.Combine(KernelProgram.Folder, $"{Name}.ipynb")).RunnableCells.Select(static cell => cell.Source)];
        return Sample.MediansAsync(effort, 1, async () =>
        {
            long begin = Stopwatch.GetTimestamp();
            await using KernelProcess kernel = await program.StartAsync(cancellationToken);
            foreach (string cell in cells)
            {
                await kernel.RunAsync(cell, cancellationToken);
            }

            return [Stopwatch.GetElapsedTime(begin).TotalMilliseconds];
        });
    }
}
