using System.Globalization;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Chapter;

/// <summary>What becomes of a cell's workers when the cell is stopped: in the embedded kernel and, where it is installed, in the real one.</summary>
public sealed class StoppedCellTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    private const string Setup = "#r \"../helpers/bin/Multiprocessing.dll\"\nusing System.Threading;\nusing Multiprocessing;";
    private const string Tell = "Console.WriteLine(Environment.ProcessId); Thread.Sleep(-1);";

    internal const string StartOfFlood = "var p = new WorkerProcess(() => { string line = new('x', 100_000); while (true) Console.WriteLine(line); }); p.Start();";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private static readonly string[] LongCells =
    [
        $"var p = new WorkerProcess(() => {{ {Tell} }}); p.Start(); p.Join();",
        $"var p = new WorkerProcess(() => {{ {Tell} }}); p.Start(); await p.WaitAsync();",
        $"await WorkerProcess.RunAsync(() => {{ {Tell} }});",
        $"using (var pool = new WorkerPool(1)) pool.ForEach(n => {{ {Tell} }}, [1]);",
        $"using (var pool = new WorkerPool(1)) await pool.MapAsync(n => {{ {Tell} return n; }}, [1]);",
        $"using (var pool = new WorkerPool(1)) await foreach (int n in pool.MapUnordered(n => {{ {Tell} return n; }}, [1])) {{ }}",
        $"using (var pool = new WorkerPool(1)) pool.Run(() => {{ {Tell} }});",
        $"using (var pool = new WorkerPool(1)) await pool.RunAsync(() => {{ {Tell} }});",
        $"using (var pool = new WorkerPool(1, () => {{ {Tell} }})) pool.WaitUntilReady();",
        $"using (var pool = new WorkerPool(1, () => {{ {Tell} }})) await pool.WaitUntilReadyAsync();",
        "var p = new WorkerProcess(() => Thread.Sleep(-1)); p.Start(); Console.WriteLine(p.Id); await Task.Delay(-1);",
    ];

    public static TheoryData<string> Kernels => DialectTests.Kernels;

    [Theory, MemberData(nameof(Kernels))]
    public async Task End_with_it_whatever_it_waits_with(string kernelName)
    {
        var kernel = await StartAsync(kernelName);
        foreach (string code in LongCells)
        {
            int worker = int.Parse(await StopAtOutputAsync(kernel, code), CultureInfo.InvariantCulture);
            Assert.True(SpinWait.SpinUntil(() => ProcessState.HasEnded(worker), Soon), $"Process {worker} is still there after: {code}");
        }

        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(await WorkerProcess.RunAsync(() => 1));")).Output());
    }

    [Theory, MemberData(nameof(Kernels))]
    public async Task End_with_it_if_they_have_printed_more_than_is_kept_for_who_waits(string kernelName)
    {
        var kernel = await StartAsync(kernelName);

        // Some seconds, in which it prints until there is no room, and stands still.
        int worker = int.Parse(
            await StopAtOutputAsync(kernel, $"{StartOfFlood} Thread.Sleep(4000); Console.WriteLine(p.Id); await Task.Delay(-1);"), CultureInfo.InvariantCulture);

        Assert.True(SpinWait.SpinUntil(() => ProcessState.HasEnded(worker), Soon), $"Process {worker} is still there.");
    }

    [Theory, MemberData(nameof(Kernels))]
    public async Task Leave_their_pool_usable(string kernelName)
    {
        var kernel = await StartAsync(kernelName);
        (await kernel.ExecuteAsync("var pool = new WorkerPool(2);")).AssertSucceeded();

        await StopAtOutputAsync(kernel, $"pool.ForEach(n => {{ {Tell} }}, [1]);");

        Assert.Equal("14", (await kernel.ExecuteAsync("Console.Write(pool.Map(n => n * n, [1, 2, 3]).Sum());")).Output());
    }

    [Theory, MemberData(nameof(Kernels))]
    public async Task Take_nothing_from_a_queue_and_no_lock_any_more(string kernelName)
    {
        var kernel = await StartAsync(kernelName);
        (await kernel.ExecuteAsync("var q = new ProcessQueue<int>(); var gate = new ProcessLock();")).AssertSucceeded();
        await StopAtOutputAsync(kernel, "Console.WriteLine(1); q.Dequeue();");
        await StopAtOutputAsync(kernel, "Console.WriteLine(1); await foreach (int item in q) { }");
        (await kernel.ExecuteAsync(
            """
            var isHeld = new ManualResetEventSlim();
            var go = new ManualResetEventSlim();
            var holder = new Thread(() => { gate.Enter(); isHeld.Set(); go.Wait(); gate.Exit(); });
            holder.Start();
            isHeld.Wait();
            """)).AssertSucceeded();
        await StopAtOutputAsync(kernel, "Console.WriteLine(1); gate.Enter();");

        Assert.Equal("1 True", (await kernel.ExecuteAsync("go.Set(); holder.Join(); q.Enqueue(1); Thread.Sleep(2000); Console.Write($\"{q.Count} {gate.TryEnter()}\");")).Output());
    }

    // Not in the real kernel: on Linux it may hang if anything prints in the moment in which it is told to stop a cell, with workers or without.
    [Fact]
    public async Task Say_nothing_more_however_much_they_have_printed()
    {
        const string Flood = "while (true) Console.WriteLine(\"flood\");";
        var kernel = await StartAsync(KernelsFixture.Embedded);
        (await kernel.ExecuteAsync("var pool = new WorkerPool(1);")).AssertSucceeded();
        string[] cells =
        [
            $"var p = new WorkerProcess(() => {{ {Flood} }}); p.Start(); p.Join();",
            $"pool.ForEach(n => {{ {Flood} }}, [1]);",
            $"var p = new WorkerProcess(() => {{ {Flood} }}); p.Start(); Thread.Sleep(500); Console.WriteLine(1); await Task.Delay(-1);",
        ];
        foreach (string code in cells)
        {
            await StopAtOutputAsync(kernel, code);
            Assert.Equal("14", (await kernel.ExecuteAsync("Console.Write(pool.Map(n => n * n, [1, 2, 3]).Sum());")).Output());
        }
    }

    [Theory, MemberData(nameof(Kernels))]
    public async Task Do_not_begin_if_it_was_stopped_before(string kernelName)
    {
        var kernel = await StartAsync(kernelName);
        await StopAtOutputAsync(kernel, "Console.WriteLine(1); Thread.Sleep(1000); var p = new WorkerProcess(() => Thread.Sleep(-1)); p.Start(); p.Join();");

        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(await WorkerProcess.RunAsync(() => 1));")).Output());
    }

    [Theory, MemberData(nameof(Kernels))]
    public async Task End_the_threads_that_wait_for_them_and_not_the_kernel(string kernelName)
    {
        var kernel = await StartAsync(kernelName);
        (await kernel.ExecuteAsync("var q = new ProcessQueue<int>(); var ended = new List<string>();")).AssertSucceeded();
        await StopAtOutputAsync(
            kernel,
            """
            void Begin(string name, Action wait) => new Thread(() => { try { wait(); } finally { lock (ended) ended.Add(name); } }).Start();
            var p = new WorkerProcess(() => Thread.Sleep(-1));
            p.Start();
            Begin("join", () => p.Join());
            Begin("queue", () => q.Dequeue());
            Begin("tasks", () => Task.WaitAll(Task.Run(() => p.Join())));
            Begin("stream", async () => { await foreach (int n in new WorkerPool(1).MapOrdered(n => { Thread.Sleep(-1); return n; }, [1])) { } });
            Thread.Sleep(1000);
            Console.WriteLine(1);
            await Task.Delay(-1);
            """);

        Assert.Equal("join queue stream tasks", (await kernel.ExecuteAsync("SpinWait.SpinUntil(() => { lock (ended) return ended.Count == 4; }, 30_000); lock (ended) Console.Write(string.Join(' ', ended.Order()));")).Output());
    }

    [Theory, MemberData(nameof(Kernels))]
    public async Task Go_on_if_the_cell_has_failed_or_another_one_is_stopped(string kernelName)
    {
        var kernel = await StartAsync(kernelName);
        await kernel.ExecuteAsync("var p = new WorkerProcess(() => Thread.Sleep(-1)); p.Start(); throw new Exception(\"a mistake\");");
        (await kernel.ExecuteAsync("var other = new WorkerProcess(() => Thread.Sleep(-1)); other.Start();")).AssertSucceeded();
        await StopAtOutputAsync(kernel, "Console.WriteLine(1); await Task.Delay(-1);");

        Assert.Equal("True True", (await kernel.ExecuteAsync("Thread.Sleep(500); Console.Write($\"{p.IsAlive} {other.IsAlive}\");")).Output());
    }

    private async Task<KernelProcess> StartAsync(string name)
    {
        var kernel = await kernels.StartAsync(name, ChapterFolder.Path);
        (await kernel.ExecuteAsync(Setup)).AssertSucceeded();
        return kernel;
    }

    /// <returns>What it had printed by then.</returns>
    private static async Task<string> StopAtOutputAsync(KernelProcess kernel, string code)
    {
        string output = "";
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => kernel.ExecuteAsync(
            code,
            raised =>
            {
                output += (raised as StandardOutputProduced)?.Text;
                if (output.Contains('\n', StringComparison.Ordinal))
                    stop.Cancel();
            },
            stop.Token));
        return output.Trim();
    }
}
