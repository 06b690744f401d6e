using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Tests.Chapter;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels.Embedded.Workers;

/// <summary>
/// What an editor, and the reader by magic commands, are told of the notebook's worker processes. The kernel finds them in Multiprocessing.dll by names that it does not compile against: these
/// tests fail when a name changes.
/// </summary>
public sealed class WorkerTests : IAsyncLifetime
{
    private readonly ProtocolClient _client = new();

    public ValueTask InitializeAsync() => _client.InitializeAsync();

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Without_Multiprocessing_there_are_none()
    {
        Assert.Empty(await ListAsync());
        Assert.Equal("There is no worker with the process number 1.", await KillAsync("1"));
        Assert.Equal("KillWorker needs a processId.", (string)(await _client.AskAsync("KillWorker")).Content("CommandFailed")["message"]!);
        Assert.Equal("#!workers: this notebook has not loaded Multiprocessing.dll.", (string)(await RunAsync("#!workers")).Content("CommandFailed")["message"]!);
        Assert.Equal("#!kill-workers: this notebook has not loaded Multiprocessing.dll.", (string)(await RunAsync("#!kill-workers")).Content("CommandFailed")["message"]!);
    }

    [Fact]
    public async Task They_are_listed_and_ended_while_a_cell_waits_for_them()
    {
        await LoadAsync();
        // The worker itself says that it is there: one that is no more than begun has next to no memory.
        await _client.SendAsync(
            "SubmitCode",
            """{"code":"void Doze() { Console.WriteLine(Environment.ProcessId); Thread.Sleep(-1); } var pool = new WorkerPool(1); pool.Run(() => 1); var p = new WorkerProcess(Doze); p.Start(); p.Join();"}""");
        int id = int.Parse(await TextAsync(), CultureInfo.InvariantCulture);

        var workers = await ListAsync();
        var worker = workers.Single(listed => (int)listed!["processId"]! == id)!;
        Assert.Equal(("Worker-1", "2", "Doze"), ((string)worker["name"]!, (string)worker["cell"]!, (string)worker["task"]!));
        Assert.InRange((long)worker["memory"]!, 1 << 20, 1 << 30);
        Assert.InRange((double)worker["processorTime"]!, 0, 20);
        var idle = workers.Single(listed => (int)listed!["processId"]! != id)!.AsObject();
        Assert.Equal("Pool-1.1", (string)idle["name"]!);
        Assert.False(idle.ContainsKey("cell"));
        Assert.False(idle.ContainsKey("task"));

        Assert.Null(await KillAsync(id.ToString(CultureInfo.InvariantCulture)));
        Assert.True(ProcessState.HasEnded(id));
        Assert.DoesNotContain(await ListAsync(), listed => (int)listed!["processId"]! == id);
        var next = await RunAsync("Console.Write(p.IsAlive)");
        Assert.Equal("False", (string)next.Content("StandardOutputValueProduced")["formattedValues"]![0]!["value"]!);
    }

    [Fact]
    public async Task What_nobody_has_read_is_left_alone_by_a_pool_that_is_nobodys()
    {
        await LoadAsync();
        await RunAsync("var p = new WorkerProcess(() => Console.Write(\"kept\")); p.Start(); Thread.Sleep(1000);");
        var nobodys = await RunAsync("using (ExecutionContext.SuppressFlow()) { var pool = new WorkerPool(1); pool.Run(() => 1); pool.Dispose(); }");
        Assert.Equal("CommandSucceeded", nobodys.Types()[^1]);
        Assert.DoesNotContain("StandardOutputValueProduced", nobodys.Types());

        var next = await RunAsync("p.Join();");
        Assert.Equal("kept", (string)next.Content("StandardOutputValueProduced")["formattedValues"]![0]!["value"]!);
    }

    [Fact]
    public async Task Magic_commands_show_them_and_end_them_all()
    {
        await LoadAsync();
        await RunAsync("void Doze() => Thread.Sleep(-1); var p = new WorkerProcess(Doze); p.Start(); var pool = new WorkerPool(1); pool.Run(() => 1);");
        var table = (await RunAsync("#!workers")).Content("DisplayedValueProduced")["formattedValues"]!;
        Assert.Equal(["text/html", "text/plain"], table.AsArray().Select(value => (string)value!["mimeType"]!));
        string[] lines = ((string)table[1]!["value"]!).Split('\n');
        Assert.Matches("^이름 +프로세스 번호 +셀 +하는 일 +메모리 +CPU 시간$", lines[0]);
        Assert.Matches(@"^Worker-1 +\d+ +\d+ +Doze +[\d.]+ MB +[\d.]+초$", lines[1]);
        Assert.Equal(3, lines.Length);

        Assert.Equal("작업 프로세스 2개를 끝냈습니다.", await ShownAsync("#!kill-workers"));
        Assert.Equal("끝낼 작업 프로세스가 없습니다.", await ShownAsync("#!kill-workers"));
        Assert.Empty(await ListAsync());
        Assert.Equal("CommandSucceeded", (await RunAsync("p.Join(); pool.Run(() => 1)")).Types()[^1]);
    }

    private async Task LoadAsync() =>
        Assert.Equal("CommandSucceeded", (await RunAsync($"#r \"{HelperFolder.Path}/Multiprocessing.dll\"\nusing System.Threading; using Multiprocessing;")).Types()[^1]);

    private Task<IReadOnlyList<JsonNode>> RunAsync(string code) => _client.AskAsync("SubmitCode", $$"""{"code":{{JsonSerializer.Serialize(code)}}}""");

    private async Task<string> ShownAsync(string code) =>
        (string)(await RunAsync(code)).Content("DisplayedValueProduced")["formattedValues"]!.AsArray().Single()!["value"]!;

    private async Task<string> TextAsync()
    {
        while (true)
        {
            var line = JsonNode.Parse(await _client.ReadLineAsync())!;
            if (line.Type() == "StandardOutputValueProduced")
                return (string)line["event"]!["formattedValues"]![0]!["value"]!;
        }
    }

    private async Task<JsonArray> ListAsync() => (await _client.AskAsync("RequestWorkers")).Content("WorkersProduced")["workers"]!.AsArray();

    /// <returns>Why it failed; null if it did not.</returns>
    private async Task<string?> KillAsync(string processId)
    {
        var end = (await _client.AskAsync("KillWorker", $$"""{"processId":{{processId}}}"""))[^1];
        return end.Type() == "CommandFailed" ? (string)end["event"]!["message"]! : null;
    }
}
