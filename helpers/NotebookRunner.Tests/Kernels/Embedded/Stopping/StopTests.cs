using System.Globalization;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Chapter;

namespace NotebookRunner.Tests.Kernels.Embedded.Stopping;

/// <summary>
/// A cell is stopped at random moments, whatever it does: it ends soon, the kernel lives, and the next cell runs. A few times each here; <c>STOPS=100</c> in the environment makes it a hundred.
/// </summary>
public sealed class StopTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    private const int Patience = 600_000;

    private static readonly int Stops = int.Parse(Environment.GetEnvironmentVariable("STOPS") ?? "2", CultureInfo.InvariantCulture);

    // A second, as a reader sees it, on a machine that has nothing else to do.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Cells => new()
    {
        { "recursion", "int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nFib(60)" },
        { "allocation", "while (true) { var list = new List<int>(); for (int i = 0; i < 100_000; i++) list.Add(i); }" },
        { "strings", "string s = \"\"; while (true) { s += \"x\"; if (s.Length > 5000) s = \"\"; }" },
        { "StringBuilder", "var b = new StringBuilder(); while (true) { b.Append('x'); if (b.Length > 1_000_000) b.Clear(); }" },
        { "exceptions", "while (true) { try { throw new FormatException(); } catch (Exception) { } }" },
        { "exceptions, all caught", "while (true) { try { while (true) { try { System.Threading.Thread.SpinWait(100); } catch (Exception) { } } } catch (Exception) { } }" },
        { "LINQ", "Enumerable.Range(0, int.MaxValue).Select(x => x % 7).Where(x => x == 3).Count()" },
        { "PLINQ", "ParallelEnumerable.Range(0, int.MaxValue).Select(x => Math.Sqrt(x)).Sum()" },
        { "Parallel.For", "Parallel.For(0, int.MaxValue, i => { double d = 0; for (int k = 0; k < 1000; k++) d += Math.Sqrt(k + i); });" },
        { "regular expressions", "while (true) System.Text.RegularExpressions.Regex.IsMatch(\"aaaaaaaaaaaaaaab\", \"(a+)+$\");" },
        { "sorting", "var random = new Random(1); while (true) { var a = new int[50_000]; for (int i = 0; i < a.Length; i++) a[i] = random.Next(); Array.Sort(a); }" },
        { "sorting with a comparison", "var a = Enumerable.Range(0, 1_000_000).ToArray(); while (true) Array.Sort(a, (x, y) => (x * 31).CompareTo(y * 17));" },
        { "BigInteger", "System.Numerics.BigInteger b = 1; for (int i = 1; ; i++) { b *= i; if (i % 3000 == 0) b = 1; }" },
        { "reflection", "while (true) foreach (var m in typeof(string).GetMethods()) m.ToString();" },
        { "JSON", "while (true) System.Text.Json.JsonSerializer.Serialize(new { A = 1, B = new[] { 1, 2, 3 }, C = \"x\" });" },
        { "file reads", "var path = System.IO.Path.GetTempFileName(); System.IO.File.WriteAllText(path, new string('x', 100_000)); while (true) System.IO.File.ReadAllText(path);" },
        { "threads and a lock", "var gate = new object(); var ts = Enumerable.Range(0, 4).Select(_ => new System.Threading.Thread(() => { while (true) lock (gate) { } })).ToList(); ts.ForEach(t => t.Start()); ts.ForEach(t => t.Join());" },
        { "a deadlock", "var one = new object(); System.Threading.Monitor.Enter(one); var t = new System.Threading.Thread(() => { lock (one) { } }); t.Start(); t.Join();" },
        { "iterators", "IEnumerable<int> Numbers() { int i = 0; while (true) yield return i++; }\nlong sum = 0; foreach (int i in Numbers()) sum += i;" },
        { "dynamic", "dynamic d = 1; while (true) { d = d + 1; if (d > 1000) d = 1; }" },
        { "a static constructor", "static class Slow { public static int X; static Slow() { while (true) X++; } }\nSlow.X" },
        { "async", "async Task Spin() { while (true) await Task.Yield(); }\nawait Spin();" },
        { "tasks", "await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => { while (true); })));" },
        { "printing", "while (true) Console.WriteLine(\"x\");" },
        { "displaying", "while (true) display(\"x\");" },
        { "workers", "using (var pool = new Multiprocessing.WorkerPool(2)) pool.ForEach(n => { while (true); }, [1, 2]);" },
        { "sleeping", "System.Threading.Thread.Sleep(-1);" },
        { "goto", "again: goto again;" },
        { "nothing", "while (true);" },
    };

    [Theory(Timeout = Patience), MemberData(nameof(Cells))]
    public async Task Ends_the_cell_soon_and_the_next_one_runs(string what, string code)
    {
        var kernel = await kernels.GetAsync();
        (await kernel.ExecuteAsync($"#r \"{ChapterFolder.Path}/../helpers/bin/Multiprocessing.dll\"\nint kept = 1;")).AssertSucceeded();
        var random = new Random(what.Length);
        for (int i = 0; i < Stops; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var errors = new List<string>();
            string[] threads = FindCellThreads(kernel.ProcessId);
            var running = kernel.ExecuteAsync(code, kernelEvent => errors.AddRange(kernelEvent is ErrorRaised error ? [error.Message] : []), cancellation.Token);
            await Task.Delay(random.Next(i == 0 ? 2 : 300));
            Assert.False(running.IsCompleted, "The cell has ended by itself.");

            cancellation.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).WaitAsync(Soon);

            Assert.StartsWith("Command cancelled.", Assert.Single(errors), StringComparison.Ordinal);
            // On a machine that has much else to do it may be said, too, that code still runs. It comes to its end later then, and its thread with it.
            if (errors[0] != "Command cancelled.")
                Assert.True(SpinWait.SpinUntil(() => threads.Except(FindCellThreads(kernel.ProcessId)).Any(), Soon), errors[0]);
            Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(kept);").WaitAsync(Soon)).Output());
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Is_not_lost_right_after_the_start()
    {
        var kernel = await kernels.GetAsync();
        for (int i = 0; i < 25; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var running = kernel.ExecuteAsync("while (true);", null, cancellation.Token);
            cancellation.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).WaitAsync(Soon);
        }

        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(1);")).Output());
    }

    [Fact(Timeout = Patience)]
    public async Task Keeps_what_the_cell_has_computed_so_far()
    {
        var kernel = await kernels.GetAsync();
        using var cancellation = new CancellationTokenSource();
        var running = kernel.ExecuteAsync("int[] computed = [1, 2, 3]; Console.Write(\"!\"); while (true);", _ => cancellation.Cancel(), cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal("6", (await kernel.ExecuteAsync("Console.Write(computed.Sum());")).Output());
    }

    [Fact(Timeout = Patience)]
    public async Task Leaves_the_threads_of_earlier_cells_alone()
    {
        var kernel = await kernels.GetAsync();
        (await kernel.ExecuteAsync("long rounds = 0; void Turn() { while (true) { rounds++; System.Threading.Thread.Sleep(1); } }\nnew System.Threading.Thread(Turn) { IsBackground = true }.Start();")).AssertSucceeded();
        using var cancellation = new CancellationTokenSource();
        var running = kernel.ExecuteAsync("Console.Write(\"!\"); Turn();", _ => cancellation.Cancel(), cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        (await kernel.ExecuteAsync("long before = rounds; if (!System.Threading.SpinWait.SpinUntil(() => rounds > before + 10, 60_000)) throw new Exception();")).AssertSucceeded();
    }

    [Fact(Timeout = Patience)]
    public async Task Ends_the_threads_of_the_cell_even_if_they_are_asleep()
    {
        var kernel = await kernels.GetAsync();
        using var cancellation = new CancellationTokenSource();
        var running = kernel.ExecuteAsync(
            "long ticks = 0; var ticking = new System.Threading.Thread(() => { while (true) { System.Threading.Thread.Sleep(1500); ticks++; } }); ticking.Start(); Console.Write(\"!\"); ticking.Join();",
            _ => cancellation.Cancel(),
            cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        (await kernel.ExecuteAsync("if (!ticking.Join(60_000)) throw new Exception();")).AssertSucceeded();
    }

    [Fact(Timeout = Patience)]
    public async Task Ends_the_tasks_that_the_cell_waits_for()
    {
        var kernel = await kernels.GetAsync();
        (await kernel.ExecuteAsync("int[] rounds = new int[4];")).AssertSucceeded();
        using var cancellation = new CancellationTokenSource();
        var running = kernel.ExecuteAsync(
            "var tasks = Enumerable.Range(0, 4).Select(i => Task.Run(() => { while (true) rounds[i]++; })).ToArray(); Console.Write(\"!\"); await Task.WhenAll(tasks);",
            _ => cancellation.Cancel(),
            cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal("True", (await kernel.ExecuteAsync("Console.Write(Task.WhenAll(tasks).ContinueWith(_ => { }).Wait(60_000));")).Output());
    }

    [Fact(Timeout = Patience)]
    public async Task Says_so_if_code_runs_on_that_nothing_can_end_and_the_next_cell_runs()
    {
        // Ended with the test, or it would take a processor from the others.
        await using var kernel = await kernels.StartAsync(KernelsFixture.Embedded);
        using var cancellation = new CancellationTokenSource();
        var errors = new List<string>();
        var running = kernel.ExecuteAsync(
            "Console.Write(\"!\"); System.Text.RegularExpressions.Regex.IsMatch(new string('a', 60) + \"b\", \"^(a+)+$\")",
            kernelEvent =>
            {
                if (kernelEvent is ErrorRaised { Message: var text })
                    errors.Add(text);
                cancellation.Cancel();
            },
            cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).WaitAsync(Soon);

        Assert.Contains("restart the kernel", string.Concat(errors), StringComparison.Ordinal);
        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(1);").WaitAsync(Soon)).Output());
    }

    /// <summary>The threads of a kernel that run cells, and those that these have started, where the system tells.</summary>
    private static string[] FindCellThreads(int processId) => Directory.Exists($"/proc/{processId}/task") ? [.. Directory.GetDirectories($"/proc/{processId}/task").Where(IsOfCells)] : [];

    private static bool IsOfCells(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")) == "cells\n";
        }
        catch (IOException)
        {
            // It has ended, if only just now.
            return false;
        }
    }
}
