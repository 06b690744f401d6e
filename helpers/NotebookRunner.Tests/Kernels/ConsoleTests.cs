using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>Where what a cell, its threads and its child processes write ends up.</summary>
public sealed class ConsoleTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Fact]
    public async Task Threads_tasks_and_timers_write_to_the_cell_that_made_them()
    {
        var result = await kernels.RunAsync(
            """
            using System.Threading;
            var thread = new Thread(() => Console.WriteLine("thread")); thread.Start(); thread.Join();
            await Task.Run(() => Console.WriteLine("task"));
            Parallel.For(0, 1, _ => Console.WriteLine("parallel"));
            var done = new TaskCompletionSource();
            var timer = new Timer(_ => { Console.WriteLine("timer"); done.TrySetResult(); }, null, 1, -1);
            await done.Task;
            timer.Dispose();
            Console.Error.WriteLine("error");
            """);
        result.AssertSucceeded();
        Assert.Equal("thread\ntask\nparallel\ntimer\n", result.Output());
        Assert.Equal("error\n", result.ErrorOutput());
    }

    [Fact]
    public async Task Lines_appear_while_the_cell_still_runs()
    {
        var kernel = await kernels.GetAsync();
        var seen = new TaskCompletionSource();
        var running = kernel.ExecuteAsync(
            "Console.WriteLine(\"live\"); while (!System.IO.File.Exists(\"seen\")) await Task.Delay(10);",
            e => { if (e is StandardOutputProduced) seen.TrySetResult(); });
        await seen.Task;
        Assert.False(running.IsCompleted);
        await File.WriteAllTextAsync(Path.Combine(kernels.Folder, "seen"), "");
        (await running).AssertSucceeded();
    }

    [Fact]
    public async Task What_a_thread_writes_after_its_cell_does_not_get_into_the_next_one()
    {
        (await kernels.RunAsync("var late = new System.Threading.ManualResetEventSlim(); var thread = new System.Threading.Thread(() => { late.Wait(); Console.WriteLine(\"late\"); }); thread.Start();")).AssertSucceeded();
        Assert.Equal("mine\n", (await kernels.RunAsync("late.Set(); thread.Join(); Console.WriteLine(\"mine\");")).Output());
    }

    [Fact]
    public async Task Standard_output_itself_is_the_cells()
    {
        Assert.Equal("bytes", (await kernels.RunAsync("Console.OpenStandardOutput().Write(\"bytes\"u8);")).Output());
        Assert.Equal("1\n", (await kernels.RunAsync("Console.WriteLine(1);")).Output());
    }

    [UnixFact]
    public async Task What_native_code_and_child_processes_print_is_the_cells()
    {
        Assert.Equal("native\n", (await kernels.RunAsync("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int puts(string text);\nputs(\"native\");")).Output());
        Assert.Equal(
            "child\n{\"event\":1}\n",
            (await kernels.RunAsync("System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"echo child; echo '{\\\"event\\\":1}'; cat\"]).WaitForExit();")).Output());
    }

    [Fact]
    public async Task Standard_input_is_empty() =>
        Assert.Equal("-1 0", (await kernels.RunAsync("Console.Write($\"{Console.In.Peek()} {Console.OpenStandardInput().Read(new byte[1])}\");")).Output());

    [Fact]
    public async Task A_flood_arrives_complete_and_in_order()
    {
        string expected = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n"));
        Assert.Equal(expected, (await kernels.RunAsync("for (int i = 0; i < 100_000; i++) Console.WriteLine(i);")).Output());
    }

    [Fact]
    public async Task Any_text_survives_both_ways()
    {
        const string odd = "\0 \uD800 한글 😀 \uFEFF \u2028 \x1b[1m";
        Assert.Equal(odd, (await kernels.RunAsync($"Console.Write(\"{odd.Replace("\u2028", "\\u2028", StringComparison.Ordinal)}\");")).Output());
        Assert.Equal(odd, (await kernels.RunAsync("\"\\0 \\uD800 한글 😀 \\uFEFF \\u2028 \\x1b[1m\"")).Returned()["text/plain"]);
    }

    [Fact]
    public async Task Ten_megabytes_pass_in_one_line()
    {
        var result = await kernels.RunAsync($"string big = \"{new string('x', 10_000_000)}\"; Console.Write(big);");
        Assert.Equal(10_000_000, result.Output().Length);
    }
}
