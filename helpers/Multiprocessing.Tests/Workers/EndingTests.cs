using System.Diagnostics;
using System.Globalization;

namespace Multiprocessing.Tests.Workers;

/// <summary>Between the end of the function and that of its process.</summary>
// Text that nobody in particular waits for goes to whoever waits; another test must not.
[Collection(nameof(SurroundingsTests))]
public class EndingTests
{
    [LinuxFact(Timeout = 20_000)]
    public async Task Join_does_not_wait_for_what_the_process_does_after_the_function_has_ended()
    {
        await Task.Yield();
        using WorkerProcess worker = new(static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Thread.Sleep(1500));
        worker.Start();
        worker.Join();

        Assert.False(worker.IsAlive);
        Assert.Equal(0, worker.ExitCode);
        Assert.True(Processes.Exists(worker.Id));
    }

    [Fact(Timeout = 20_000)]
    public async Task Dispose_waits_for_the_end_of_the_process()
    {
        await Task.Yield();
        WorkerProcess worker = new(static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Thread.Sleep(300));
        worker.Start();
        worker.Join();
        worker.Dispose();

        Assert.False(Processes.Exists(worker.Id));
    }

    [Fact(Timeout = 20_000)]
    public async Task Dispose_of_a_worker_whose_function_has_ended_leaves_what_it_has_started()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        WorkerProcess worker = new(static () =>
        {
            using Process child = Process.Start("sleep", "1000");
            Console.WriteLine(child.Id);
        });
        worker.Start();
        worker.Join();
        worker.Kill();
        worker.Dispose();

        using Process child = Process.GetProcessById(int.Parse(console.Output, CultureInfo.InvariantCulture));
        Assert.False(child.HasExited);
        child.Kill();
    }

    [LinuxFact(Timeout = 20_000)]
    public async Task A_process_that_is_stuck_in_its_own_end_is_killed()
    {
        await Task.Yield();
        using WorkerProcess worker = new(static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Thread.Sleep(Timeout.Infinite));
        worker.Start();
        worker.Join();

        Assert.True(Processes.AllEnd([worker.Id], TimeSpan.FromSeconds(10)));
    }

    [LinuxFact(Timeout = 20_000)]
    public async Task A_thread_of_the_function_goes_on_after_it_and_what_it_prints_is_shown()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using SharedValue<bool> done = new();
        using WorkerProcess worker = new(() => new Thread(() =>
        {
            Thread.Sleep(2500);
            Console.WriteLine("late");
            done.Value = true;
        }).Start());
        worker.Start();
        worker.Join();
        Assert.False(done.Value);
        Assert.True(Processes.AllEnd([worker.Id], TimeSpan.FromSeconds(15)));
        Assert.True(done.Value);

        worker.Dispose();
        Assert.Equal("late\n", console.Output);
    }

    [LinuxFact(Timeout = 20_000)]
    public async Task Dispose_gives_a_thread_of_the_function_a_moment_to_end_and_then_ends_it()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        WorkerProcess brief = new(static () => new Thread(static () =>
        {
            Thread.Sleep(500);
            Console.WriteLine("put in order");
        }).Start());
        brief.Start();
        brief.Join();
        brief.Dispose();
        Assert.Equal("put in order\n", console.Output);
        Assert.False(Processes.Exists(brief.Id));

        WorkerProcess endless = new(static () => new Thread(static () => Thread.Sleep(Timeout.Infinite)).Start());
        endless.Start();
        endless.Join();
        endless.Dispose();
        Assert.False(Processes.Exists(endless.Id));
    }

    [LinuxFact(Timeout = 20_000)]
    public async Task Kill_ends_a_thread_of_the_function_at_once()
    {
        await Task.Yield();
        using SharedValue<bool> done = new();
        WorkerProcess worker = new(() => new Thread(() =>
        {
            Thread.Sleep(1500);
            done.Value = true;
        }).Start());
        worker.Start();
        worker.Join();
        worker.Kill();
        worker.Dispose();
        Assert.False(Processes.Exists(worker.Id));
        Assert.False(done.Value);
        Assert.Equal(0, worker.ExitCode);
    }

    [LinuxFact(Timeout = 20_000)]
    public async Task What_is_printed_in_the_end_of_the_process_is_shown()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerProcess worker = new(static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Console.WriteLine("bye"));
        worker.Start();
        worker.Join();
        worker.Dispose();

        Assert.Equal("bye\n", console.Output);
    }

    [Theory(Timeout = 20_000)]
    [InlineData(60_000)]
    [InlineData(3_000_000)]
    public async Task Raw_output_of_any_length_is_shown_before_join_returns(int length)
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerProcess worker = new(() =>
        {
            using Stream raw = Console.OpenStandardOutput();
            raw.Write(new byte[length].AsSpan());
            raw.Write("\n"u8);
        });
        worker.Start();
        worker.Join();

        Assert.Equal(length + 1, console.Output.Length);
    }

    [LinuxFact(Timeout = 20_000)]
    public async Task A_child_that_never_stops_printing_does_not_hold_up_the_join()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerProcess worker = new(static () =>
        {
            using Process child = Process.Start("yes", "yes");
            Thread.Sleep(100);
        });
        worker.Start();
        Assert.True(worker.Join(TimeSpan.FromSeconds(10)));

        Assert.StartsWith("yes\n", console.Output, StringComparison.Ordinal);
    }
}
