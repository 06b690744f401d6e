namespace Multiprocessing.Tests.Cells;

/// <summary>A worker gets a copy of the variables that its function reads.</summary>
public class VariableTests
{
    private readonly Notebook _notebook = new();

    [Fact]
    public async Task What_a_worker_writes_stays_there()
    {
        await _notebook.RunAsync("int count = 1; var list = new List<int> { 1 }; (int A, int B) pair = (1, 2); int Auto { get; set; } = 5; int[] array = { 1 };");
        Assert.Equal((2, 2, 10, 6, 9), await _notebook.RunAsync(
            "await WorkerProcess.RunAsync(() => { count++; list.Add(2); pair.A = 10; Auto++; array[0] = 9; return (count, list.Count, pair.A, Auto, array[0]); })"));
        Assert.Equal((1, 1, 1, 5, 1), await _notebook.RunAsync("(count, list.Count, pair.A, Auto, array[0])"));
    }

    [Fact]
    public async Task The_copy_is_made_at_start()
    {
        Assert.Equal(2, await _notebook.RunAsync(
            "int n = 1; Func<int> f = () => n;",
            "n = 2; var task = WorkerProcess.RunAsync(f); n = 3; await task"));
    }

    [Fact]
    public async Task Properties_and_using_declarations_are_variables_too()
    {
        Assert.Equal((7, 14, 3L), await _notebook.RunAsync(
            "int Plain { get; set; } = 7; int Computed => Plain * 2;",
            "{ using var memory = new System.IO.MemoryStream(new byte[3]); return await WorkerProcess.RunAsync(() => (Plain, Computed, memory.Length)); }"));
    }

    [Fact]
    public async Task What_is_not_used_is_not_in_the_way()
    {
        await _notebook.RunAsync(
            """
            var stream = System.IO.File.OpenRead(Environment.ProcessPath); var task = Task.Delay(1); var thread = System.Threading.Thread.CurrentThread;
            class Chart { readonly System.Threading.Timer timer = new(_ => { }); } var chart = new Chart();
            int n = 5; int Uses() => n; long Other() => stream.Length;
            """);
        Assert.Equal(5, await _notebook.RunAsync("await WorkerProcess.RunAsync(() => n)"));
        Assert.Equal(5, await _notebook.RunAsync("await WorkerProcess.RunAsync(Uses)"));
        Assert.Equal(6, await _notebook.RunAsync(
            "int Run() { int local = 1; var open = System.IO.File.OpenRead(Environment.ProcessPath); Func<long> reads = () => open.Length + local; return WorkerProcess.RunAsync(() => local + n).Result; } Run()"));
        Assert.Equal(4, await _notebook.RunAsync("await WorkerProcess.RunAsync(() => { stream = null; return 4; })"));
        Assert.Equal(true, await _notebook.RunAsync("System.IO.Stream none = null; await WorkerProcess.RunAsync(() => none == null)"));
    }

    [Fact]
    public async Task What_is_used_and_cannot_go_is_refused_by_its_name_in_the_cell()
    {
        await _notebook.RunAsync("""
            var log = new System.IO.StreamWriter(System.IO.File.Create(System.IO.Path.GetTempFileName()));
            class Station { public System.IO.Stream Input { get; set; } public (int, object)[] Parts; } var station = new Station { Input = log.BaseStream };
            void Write() => log.WriteLine("x");
            """);
        Assert.Equal("lambda at cell 2 -> log -> stream", await PathOf("() => log.WriteLine()"));
        Assert.Equal("Write at cell 1 -> log -> stream", await PathOf("Write"));
        Assert.Equal("lambda at cell 4 -> log -> stream", await PathOf("() => Write()"));
        Assert.Equal("lambda at cell 5 -> station -> Input", await PathOf("() => station.Input.Flush()"));
        Assert.Equal("lambda at cell 7 -> parts -> [1] -> Item2", await PathOf("() => parts.ToString()", "var parts = new List<(int, object)> { (1, 2), (3, station.Input) };"));
        Assert.Equal("lambda at cell 9 -> number -> file", await PathOf("() => number()", "Func<long> Length(System.IO.Stream file) => () => file.Length; Func<long> number = Length(log.BaseStream);"));
        Assert.Equal("lambda at cell 11 -> task", await PathOf("() => task.Wait()", "var task = Task.CompletedTask;"));
    }

    [Fact]
    public async Task A_refused_function_can_be_started_when_it_can_go()
    {
        Assert.Equal("again True", await _notebook.RunAsync(
            """
            System.IO.Stream log = System.IO.File.OpenRead(Environment.ProcessPath);
            var p = new WorkerProcess(() => { if (log != null) throw new Exception("log"); });
            string text = "";
            try { p.Start(); } catch (NotShippableException e) { text = "again"; }
            log = null;
            p.Start(); p.Join();
            $"{text} {p.ExitCode == 0}"
            """));
    }

    private async Task<object?> PathOf(string function, string? before = null)
    {
        if (before is not null)
        {
            await _notebook.RunAsync(before);
        }

        NotShippableException refusal = await Assert.ThrowsAsync<NotShippableException>(() => _notebook.RunAsync($"new WorkerProcess({function}).Start();"));
        return refusal.Path;
    }
}
