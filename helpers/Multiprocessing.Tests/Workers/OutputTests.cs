using System.Diagnostics;

namespace Multiprocessing.Tests.Workers;

// Text that nobody in particular waits for goes to whoever waits; another test must not.
[Collection(nameof(SurroundingsTests))]
public class OutputTests
{
    [Fact(Timeout = 20_000)]
    public async Task What_a_worker_prints_appears_where_it_is_waited_for()
    {
        await Task.Yield();
        using WorkerProcess worker = new(() =>
        {
            Console.WriteLine("안녕하세요 🙂");
            Console.Error.WriteLine("조심");
            Console.Write("끝");
        });
        worker.Start();
        using CapturedConsole console = new();
        worker.Join();

        Assert.Equal("안녕하세요 🙂\n끝", console.Output);
        Assert.Equal("조심\n", console.Error);
    }

    [Fact(Timeout = 20_000)]
    public async Task Lines_appear_while_the_worker_runs()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerProcess worker = new(() =>
        {
            Console.WriteLine("first");
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        Stopwatch watch = Stopwatch.StartNew();
        while (console.Output.Length == 0 && watch.Elapsed < TimeSpan.FromSeconds(15))
        {
            worker.Join(TimeSpan.FromMilliseconds(5));
        }

        Assert.Equal("first\n", console.Output);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_line_without_an_end_appears_after_a_moment()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerProcess worker = new(() =>
        {
            Console.Write("진행 중...");
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        Stopwatch watch = Stopwatch.StartNew();
        while (console.Output.Length == 0 && watch.Elapsed < TimeSpan.FromSeconds(15))
        {
            worker.Join(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal("진행 중...", console.Output);
    }

    [Fact(Timeout = 30_000)]
    public async Task Lines_of_two_workers_never_mix_within_a_line()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerProcess first = new(() => Print('a'));
        using WorkerProcess second = new(() => Print('b'));
        first.Start();
        second.Start();
        first.Join();
        second.Join();

        string[] lines = console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(400, lines.Length);
        Assert.All(lines, static line => Assert.True(line == new string(line[0], 20), line));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_wait_for_one_worker_shows_what_another_prints_meanwhile()
    {
        await Task.Yield();
        using WorkerProcess quick = new(() => Console.WriteLine("quick"));
        using WorkerProcess slow = new(() => Thread.Sleep(700));
        slow.Start();
        quick.Start();
        using CapturedConsole console = new();
        slow.Join();

        Assert.Equal("quick\n", console.Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_flood_arrives_whole_and_in_order()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerProcess worker = new(static () =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                Console.WriteLine(i);
            }
        });
        worker.Start();
        worker.Join();

        string[] lines = console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(100_000, lines.Length);
        Assert.Equal(Enumerable.Range(0, 100_000).Select(static i => $"{i}"), lines);
    }

    [Fact(Timeout = 20_000)]
    public async Task What_is_printed_before_a_crash_is_not_lost()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerProcess worker = new(static () =>
        {
            Console.WriteLine("before");
            Console.Write("half a line");
            Environment.FailFast("crash");
        });
        worker.Start();

        Assert.Throws<WorkerDiedException>(worker.Join);
        Assert.Equal("before\nhalf a line", console.Output);
    }

    [Fact(Timeout = 20_000)]
    public async Task What_child_processes_and_raw_streams_print_is_shown_too()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerProcess worker = new(static () =>
        {
            using Process child = Process.Start("echo", "자식");
            child.WaitForExit();
            using Stream raw = Console.OpenStandardOutput();
            raw.Write("raw\n"u8);
        });
        worker.Start();
        worker.Join();

        Assert.Equal("자식\nraw\n", console.Output);
    }

    [Fact(Timeout = 20_000)]
    public async Task Standard_input_is_empty()
    {
        Assert.Null(await WorkerProcess.RunAsync(Console.ReadLine));
    }

    [Fact(Timeout = 20_000)]
    public async Task What_a_run_prints_is_shown_before_its_result_is_there()
    {
        using CapturedConsole console = new();
        int result = await WorkerProcess.RunAsync(static () =>
        {
            Console.WriteLine("working");
            return 7;
        });

        Assert.Equal(7, result);
        Assert.Equal("working\n", console.Output);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_console_that_throws_does_not_fail_the_call()
    {
        TextWriter before = Console.Out;
        try
        {
            Console.SetOut(new ThrowingWriter());
            Assert.Equal(1, await WorkerProcess.RunAsync(static () =>
            {
                Console.WriteLine("lost");
                return 1;
            }));
        }
        finally
        {
            Console.SetOut(before);
        }
    }

    private sealed class ThrowingWriter : StringWriter
    {
        public override void Write(string? value) => throw new InvalidOperationException("no console");
    }

    private static void Print(char letter)
    {
        for (int line = 0; line < 200; line++)
        {
            for (int i = 0; i < 20; i++)
            {
                Console.Write(letter);
            }

            Console.WriteLine();
        }
    }
}
