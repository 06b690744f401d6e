using Multiprocessing.Benchmarks.Measuring;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>The memory of a kernel whose reader runs cells for hours (Linux).</summary>
internal static class CellMemory
{
    private const int Cells = 1000;

    /// <summary>Up to here, what grows is also the kernel's own code that is compiled.</summary>
    private const int FirstCells = 200;

    /// <summary>So that what the collector has not come to yet is not taken for what stays.</summary>
    private const string Collect = "for (int i = 0; i < 2; i++) { GC.Collect(2, GCCollectionMode.Aggressive, true, true); GC.WaitForPendingFinalizers(); }";

    public static IEnumerable<Measurement> Measurements
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return [];
            }

            KernelFigures figures = new(MeasureAsync);
            return
            [
                figures.Row(0, "resident memory after 1000 cells (--quick: 100)", "MB"),
                figures.Row(1, "private memory after 1000 cells (--quick: 100)", "MB"),
                figures.Row(2, "private memory that a cell leaves", "kB"),
            ];
        }
    }

    private static async Task<IReadOnlyList<double>> MeasureAsync(KernelProgram program, Effort effort, CancellationToken cancellationToken)
    {
        await using KernelProcess kernel = await program.StartAsync(cancellationToken);

        // Not that of the started process: the SDK starts the tool as another.
        string process = (await kernel.RunAsync("Console.Write(Environment.ProcessId);", cancellationToken)).Printed();
        (int first, int all) = (effort.Share(FirstCells), effort.Share(Cells));
        await SmallCells.RunAsync(kernel, 0, first, cancellationToken);
        await kernel.RunAsync(Collect, cancellationToken);
        double before = ProcessMemory.PrivateMegabytes(process);
        await SmallCells.RunAsync(kernel, first, all, cancellationToken);
        (double resident, double unshared) = (ProcessMemory.ResidentMegabytes(process), ProcessMemory.PrivateMegabytes(process));
        await kernel.RunAsync(Collect, cancellationToken);
        return [resident, unshared, (ProcessMemory.PrivateMegabytes(process) - before) * 1024 / (all - first)];
    }
}
