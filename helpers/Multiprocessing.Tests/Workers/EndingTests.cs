using System.Diagnostics;
using System.Globalization;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Workers;

/// <summary>Between the end of the function and that of its process.</summary>
public class EndingTests(TestHost test) : IClassFixture<TestHost>
{
    [LauncherFact]
    public void Join_does_not_wait_for_what_the_process_does_after_the_function_has_ended()
    {
        using WorkerProcess worker = new(test.Host, static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Thread.Sleep(1500));
        worker.Start();
        worker.Join();

        Assert.False(worker.IsAlive);
        Assert.Equal(0, worker.ExitCode);
        Assert.True(Processes.Exists(worker.Id));
    }

    [Fact]
    public void Dispose_waits_for_the_end_of_the_process()
    {
        WorkerProcess worker = new(test.Host, static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Thread.Sleep(300));
        worker.Start();
        worker.Join();
        worker.Dispose();

        Assert.False(Processes.Exists(worker.Id));
    }

    [Fact]
    public void Dispose_of_a_worker_whose_function_has_ended_leaves_what_it_has_started()
    {
        using TestCell cell = test.BeginCell();
        WorkerProcess worker = new(test.Host, static () =>
        {
            using Process child = Programs.Sleep(1000);
            Console.WriteLine(child.Id);
        });
        worker.Start();
        worker.Join();
        worker.Kill();
        worker.Dispose();

        using Process child = Process.GetProcessById(int.Parse(cell.Output, CultureInfo.InvariantCulture));
        Assert.False(child.HasExited);
        child.Kill();
    }

    [LauncherFact]
    public void A_process_that_is_stuck_in_its_own_end_is_killed()
    {
        using WorkerProcess worker = new(test.Host, static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Thread.Sleep(Timeout.Infinite));
        worker.Start();
        worker.Join();

        Assert.True(Processes.AllEnd([worker.Id], TimeSpan.FromSeconds(10)));
    }

    [LauncherFact]
    public void A_thread_of_the_function_goes_on_after_it_and_what_it_prints_is_shown()
    {
        using TestCell cell = test.BeginCell();
        using SharedValue<bool> done = new();
        using WorkerProcess worker = new(test.Host, () => new Thread(() =>
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
        Assert.Equal("late\n", cell.Output);
    }

    [LauncherFact]
    public void Dispose_gives_a_thread_of_the_function_a_moment_to_end_and_then_ends_it()
    {
        using TestCell cell = test.BeginCell();
        WorkerProcess brief = new(test.Host, static () => new Thread(static () =>
        {
            Thread.Sleep(500);
            Console.WriteLine("put in order");
        }).Start());
        brief.Start();
        brief.Join();
        brief.Dispose();
        Assert.Equal("put in order\n", cell.Output);
        Assert.False(Processes.Exists(brief.Id));

        WorkerProcess endless = new(test.Host, static () => new Thread(static () => Thread.Sleep(Timeout.Infinite)).Start());
        endless.Start();
        endless.Join();
        endless.Dispose();
        Assert.False(Processes.Exists(endless.Id));
    }

    [LauncherFact]
    public void Kill_ends_a_thread_of_the_function_at_once()
    {
        using SharedValue<bool> done = new();
        WorkerProcess worker = new(test.Host, () => new Thread(() =>
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

    [LauncherFact]
    public void What_is_printed_in_the_end_of_the_process_is_shown()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = new(test.Host, static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Console.WriteLine("bye"));
        worker.Start();
        worker.Join();
        worker.Dispose();

        Assert.Equal("bye\n", cell.Output);
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(3_000_000)]
    public void Raw_output_of_any_length_is_shown_before_join_returns(int length)
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = new(test.Host, () =>
        {
            using Stream raw = Console.OpenStandardOutput();
            raw.Write(new byte[length].AsSpan());
            raw.Write("\n"u8);
        });
        worker.Start();
        worker.Join();

        Assert.Equal(length + 1, cell.Output.Length);
    }

    [LauncherFact]
    public void A_child_that_never_stops_printing_does_not_hold_up_the_join()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = new(test.Host, static () =>
        {
            using Process child = Programs.Yes();
            Thread.Sleep(OperatingSystem.IsWindows() ? 3000 : 100);
        });
        worker.Start();
        Assert.True(worker.Join(TimeSpan.FromSeconds(10)));

        Assert.StartsWith("yes\n", cell.Output, StringComparison.Ordinal);
    }
}
