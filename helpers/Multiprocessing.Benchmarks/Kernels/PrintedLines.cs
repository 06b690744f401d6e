using System.Globalization;
using Multiprocessing.Benchmarks.Measuring;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>A cell that prints very much, until the last line of it has arrived.</summary>
internal static class PrintedLines
{
    private const int Lines = 100_000;

    public static IEnumerable<Measurement> Measurements => [new KernelFigures(MeasureAsync).Row(0, "a cell that prints 100,000 lines (--quick: 10,000)", "ms")];

    private static async Task<IReadOnlyList<double>> MeasureAsync(KernelProgram program, Effort effort, CancellationToken cancellationToken)
    {
        await using KernelProcess kernel = await program.StartAsync(cancellationToken);
        int lines = effort.Share(Lines);
        string cell = FormattableString.Invariant($$"""for (int i = 0; i < {{lines}}; i++) Console.WriteLine($"line {i}");""");
        string expected = string.Concat(Enumerable.Range(0, lines).Select(static i => $"line {i.ToString(CultureInfo.InvariantCulture)}\n"));
        return await Sample.MediansAsync(effort, 1, async () =>
        {
            CellResult result = await kernel.RunAsync(cell, cancellationToken);
            Check.Equal(true, expected == result.Printed());
            return [result.Elapsed.TotalMilliseconds];
        });
    }
}
