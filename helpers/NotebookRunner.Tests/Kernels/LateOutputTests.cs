using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels;

/// <summary>What a cell's threads, tasks, timers and processes put out when the cell has ended is shown where it began.</summary>
public sealed class LateOutputTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Theory]
    [InlineData("Console.WriteLine(\"late\");", "StandardOutputValueProduced")]
    [InlineData("Console.Error.WriteLine(\"late\");", "StandardErrorValueProduced")]
    [InlineData("display(\"late\");", "DisplayedValueProduced")]
    public async Task It_is_an_event_of_the_command_that_has_ended(string what, string eventType)
    {
        var client = new ProtocolClient();
        await client.InitializeAsync();
        using var folder = new TemporaryFolder();
        string code = $"new System.Threading.Thread(() => {{ while (!System.IO.File.Exists({JsonSerializer.Serialize(folder["ended"])})) System.Threading.Thread.Sleep(10); {what} }}).Start();";
        string cell = await client.SendAsync("SubmitCode", $$"""{"code":{{JsonSerializer.Serialize(code)}}}""");
        await client.ReadToEndOfAsync(cell);
        folder.Write("ended", "");
        var late = JsonNode.Parse(await client.ReadLineAsync())!;
        Assert.Equal((eventType, cell), (late.Type(), (string?)late["command"]!["token"]));
        Assert.Equal("late", ((string)late["event"]!["formattedValues"]![0]!["value"]!).TrimEnd());
        await client.DisposeAsync();
    }

    [Theory]
    [InlineData("var t = new System.Threading.Thread(() => { go.Wait(); Console.WriteLine(\"late\"); }); t.Start();", "t.Join();")]
    [InlineData("var t = Task.Run(async () => { while (!go.IsSet) await Task.Delay(1); Console.WriteLine(\"late\"); });", "t.Wait();")]
    [InlineData("var t = new System.Threading.ManualResetEventSlim(); var timer = new System.Threading.Timer(_ => { go.Wait(); Console.WriteLine(\"late\"); t.Set(); }, null, 1, -1);", "t.Wait();")]
    public async Task It_is_shown_with_its_cell_while_another_one_runs(string begin, string wait)
    {
        string[] texts = await RunAsync($"Console.WriteLine(\"begun\"); var go = new System.Threading.ManualResetEventSlim(); {begin}", $"Console.WriteLine(\"mine\"); go.Set(); {wait} Console.WriteLine(\"too\");");
        Assert.Equal(["stdout: begun\nlate\n", "stdout: mine\ntoo\n"], texts);
    }

    [Fact]
    public async Task It_is_shown_with_a_cell_that_has_failed()
    {
        string[] texts = await RunAsync(
            "var go = new TaskCompletionSource(); var late = Task.Run(async () => { await go.Task; Console.WriteLine(\"late\"); }); throw new Exception(\"boom\");",
            "go.SetResult(); await late;");
        Assert.Equal(["error: boom, stdout: late\n", ""], texts);
    }

    [Fact]
    public async Task Of_a_cell_that_was_stopped_it_is_dropped()
    {
        var kernel = await kernels.GetAsync();
        var recorder = new OutputRecorder();
        var document = new TestNotebook().Code("one").Code("two").ToDocument();
        using var cancellation = new CancellationTokenSource();
        var running = kernel.ExecuteAsync(
            "var printing = new System.Threading.Thread(() => { for (int i = 0; i < 300; i++) { Console.WriteLine(\"on and on\"); System.Threading.Thread.Sleep(10); } }); printing.Start(); display(\"begun\"); await Task.Delay(-1);",
            Watch(recorder.BeginCell(document.Cells[0]), e => { if (e is ValueDisplayed) cancellation.Cancel(); }),
            cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        int printed = Lines();
        (await kernel.ExecuteAsync("await Task.Delay(500);", recorder.BeginCell(document.Cells[1]))).AssertSucceeded();
        Assert.Equal(printed, Lines());

        int Lines()
        {
            recorder.ApplyTo(document);
            Assert.Empty(document.Cells[1].Outputs);
            return document.Cells[0].Outputs.OfType<StreamOutput>().Sum(output => output.Text.Count(c => c == '\n'));
        }
    }

    [Theory]
    [InlineData("Console.WriteLine(\"on and on\");")]
    [InlineData("Console.Error.WriteLine(\"on and on\");")]
    [InlineData("display(\"on and on\");")]
    public async Task A_thread_that_never_ends_keeps_neither_its_cell_from_ending_nor_the_next_one_from_running(string what)
    {
        // Ended with the test: it has the client read on and on.
        await using var kernel = await kernels.StartAsync(KernelsFixture.Embedded);
        await kernel.ExecuteAsync($"new System.Threading.Thread(() => {{ while (true) {what} }}) {{ IsBackground = true }}.Start();", _ => { });
        Assert.Equal("mine", (await kernel.ExecuteAsync("Console.Write(\"mine\");")).Output());
        Assert.Equal("too", (await kernel.ExecuteAsync("Console.Write(\"too\");")).Output());
    }

    [UnixFact]
    public async Task What_a_process_prints_when_its_cell_has_ended_is_shown_with_the_cell_that_ran_last()
    {
        // It prints when it sees a file: the first one when its cell has ended, the other one when the first line is there.
        const string Script = "until [ -e ended ]; do sleep 0.05; done; echo out; until [ -e seen ]; do sleep 0.05; done; echo err >&2";
        using var folder = new TemporaryFolder();
        var kernel = await kernels.StartAsync(KernelsFixture.Embedded, folder.Path);
        var recorder = new OutputRecorder();
        var document = new TestNotebook().Code($"System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"{Script}\"]);").Code("1").ToDocument();
        var isOut = new TaskCompletionSource();
        var isErr = new TaskCompletionSource();
        var record = Watch(recorder.BeginCell(document.Cells[0]), e =>
        {
            if (e is StandardOutputProduced)
                isOut.TrySetResult();
            if (e is StandardErrorProduced)
                isErr.TrySetResult();
        });
        await kernel.ExecuteAsync(document.Cells[0].Source, record);
        folder.Write("ended", "");
        await isOut.Task;
        folder.Write("seen", "");
        await isErr.Task;
        await kernel.ExecuteAsync(document.Cells[1].Source, recorder.BeginCell(document.Cells[1]));

        Assert.Equal(["stdout: out\n, stderr: err\n", ""], Describe(recorder, document));
        await kernel.DisposeAsync();
    }

    private async Task<string[]> RunAsync(params string[] cells)
    {
        var kernel = await kernels.StartAsync(KernelsFixture.Embedded);
        var recorder = new OutputRecorder();
        var document = cells.Aggregate(new TestNotebook(), (notebook, cell) => notebook.Code(cell)).ToDocument();
        foreach (var cell in document.Cells)
            await kernel.ExecuteAsync(cell.Source, recorder.BeginCell(cell));
        return Describe(recorder, document);
    }

    private static string[] Describe(OutputRecorder recorder, NotebookDocument document)
    {
        recorder.ApplyTo(document);
        return [.. document.Cells.Select(cell => string.Join(", ", cell.Outputs.Where(output => output is not ResultOutput).Select(Describe)))];
    }

    private static string Describe(CellOutput output) => output switch
    {
        StreamOutput stream => $"{stream.Name}: {stream.Text.Replace("\r\n", "\n", StringComparison.Ordinal)}",
        ErrorOutput error => $"error: {error.Message}",
        _ => output.ToString(),
    };

    private static Action<KernelEvent> Watch(Action<KernelEvent> first, Action<KernelEvent> second) => first + second;
}
