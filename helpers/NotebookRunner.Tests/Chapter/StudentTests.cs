using NotebookRunner.Kernels;
using NotebookRunner.Tests.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Chapter;

/// <summary>What a student does with the first notebook beside running it from top to bottom.</summary>
public sealed class StudentTests : IAsyncLifetime
{
    private const string FirstNotebook = "30-1-threads-and-processes.ipynb";

    private KernelProcess _kernel = null!;

    public async ValueTask InitializeAsync() => _kernel = await StartKernelAsync();

    public ValueTask DisposeAsync() => _kernel.DisposeAsync();

    [Fact]
    public async Task Changes_a_variable_and_the_next_process_gets_the_new_value()
    {
        await RunAsync("setup", "define");
        (await _kernel.ExecuteAsync("arr = [1, 2];")).AssertSucceeded();

        string output = await RunAsync("processes");

        Assert.Contains("제곱: 4\n", output, StringComparison.Ordinal);
        Assert.Contains("세제곱: 8\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("제곱: 25", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_cells_twice_and_in_another_order()
    {
        await RunAsync("setup");
        CellResult early = await _kernel.ExecuteAsync(ChapterFolder.Cell(FirstNotebook, "threads"));
        Assert.Contains("CalcSquare", early.Error().Message, StringComparison.Ordinal);

        await RunAsync("define");
        string[] processesFirst = Lines(await RunAsync("processes"));
        string[] threads = Lines(await RunAsync("threads"));
        await RunAsync("define");
        string[] again = Lines(await RunAsync("processes"));

        Assert.Equal(processesFirst, threads);
        Assert.Equal(processesFirst, again);
    }

    [Fact]
    public async Task Interrupts_a_long_cell_and_goes_on()
    {
        string[] longCells =
        [
            "CalcSquare(arr);",
            "var p = new WorkerProcess(() => CalcSquare(arr)); p.Start(); p.Join();",
            "await WorkerProcess.RunAsync(() => CalcSquare(arr));",
            "using (var pool = new WorkerPool(2)) pool.ForEach(n => CalcSquare(arr), arr);",
            "new ProcessQueue<int>().Dequeue();",
        ];
        await RunAsync("setup", "define");
        foreach (string longCell in longCells)
        {
            (await _kernel.ExecuteAsync("arr = [.. Enumerable.Range(1, 1000)];")).AssertSucceeded();
            using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _kernel.ExecuteAsync(longCell, cancellationToken: interrupt.Token));

            await RunAsync("define");
            Assert.Equal("제곱 계산\n제곱: 49\n", (await _kernel.ExecuteAsync("CalcSquare([7]);")).Output());
        }
    }

    [Fact]
    public async Task Restarts_and_has_no_variables_and_no_worker_left()
    {
        await RunAsync("setup");
        CellResult started = await _kernel.ExecuteAsync("var p = new WorkerProcess(() => Thread.Sleep(-1)); p.Start(); Console.Write(p.Id);");
        int worker = int.Parse(started.Output(), System.Globalization.CultureInfo.InvariantCulture);

        await _kernel.DisposeAsync();
        _kernel = await StartKernelAsync();

        Assert.Contains("arr", (await _kernel.ExecuteAsync("arr")).Error().Message, StringComparison.Ordinal);
        Assert.True(SpinWait.SpinUntil(() => ProcessState.HasEnded(worker), TimeSpan.FromSeconds(30)), "The worker is still there.");
    }

    private static Task<KernelProcess> StartKernelAsync() => KernelProcess.StartAsync(KernelCommandLine.Embedded, ChapterFolder.Path);

    private static string[] Lines(string output) =>
        [.. output.Split('\n').Where(line => !line.StartsWith("작업 시간", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private async Task<string> RunAsync(params string[] ids)
    {
        string output = "";
        foreach (string id in ids)
        {
            CellResult result = await _kernel.ExecuteAsync(ChapterFolder.Cell(FirstNotebook, id));
            result.AssertSucceeded();
            output = result.Output();
        }

        return output;
    }
}
