using System.Globalization;

namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>A reader runs cells again and again, for hours.</summary>
public sealed class MemoryTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    private const int Cells = 150;

    [Fact(IsLong = true)]
    public async Task A_cell_that_has_been_run_leaves_less_than_half_a_megabyte()
    {
        var kernel = await kernels.StartAsync(KernelsFixture.Embedded);
        for (int i = 0; i < 50; i++)
            await RunAsync(i);

        double before = await MeasureAsync();
        for (int i = 0; i < Cells; i++)
            await RunAsync(i);

        // The megabytes that a collection leaves or takes are no cell's.
        Assert.InRange(await MeasureAsync() - before, double.NegativeInfinity, 0.5 * Cells);

        async Task RunAsync(int i) => (await kernel.ExecuteAsync(string.Create(
            CultureInfo.InvariantCulture, $"int v = {i}; void F() {{ for (int j = 0; j < 3; j++) v++; }} F(); Console.WriteLine(new[] {{ v }}.Select(x => x + {i}).Sum());"))).AssertSucceeded();

        async Task<double> MeasureAsync() => double.Parse(
            (await kernel.ExecuteAsync("GC.Collect(); GC.WaitForPendingFinalizers(); GC.Collect(); Console.Write(System.Diagnostics.Process.GetCurrentProcess().WorkingSet64 / 1_000_000);")).Output(), CultureInfo.InvariantCulture);
    }
}
