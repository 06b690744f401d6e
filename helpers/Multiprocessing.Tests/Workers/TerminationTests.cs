using System.Runtime.InteropServices;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Workers;

/// <summary>The soft end, which a function may have something to say about.</summary>
public class TerminationTests(TestHost test) : IClassFixture<TestHost>
{
    private const int Terminated = 143;

    [Fact]
    public void After_terminate_join_just_returns_and_the_process_is_gone()
    {
        using WorkerProcess worker = StartOneThatGoesOn(static () => { });
        worker.Terminate();
        worker.Join();

        Assert.Equal(Terminated, worker.ExitCode);
        Assert.False(worker.IsAlive);
        Assert.False(Processes.Exists(worker.Id));
        worker.Terminate();
        worker.Kill();
    }

    [Fact]
    public void Terminate_at_once_after_start_ends_the_process_as_well()
    {
        using WorkerProcess worker = new(test.Host, static () => Thread.Sleep(Timeout.Infinite));
        worker.Start();
        worker.Terminate();
        worker.Join();

        Assert.Equal(Terminated, worker.ExitCode);
        Assert.False(Processes.Exists(worker.Id));
    }

    [Fact]
    public void A_function_that_never_waits_is_ended_too()
    {
        using SharedValue<long> steps = new();
        using WorkerProcess worker = new(test.Host, () =>
        {
            while (true)
            {
                steps.Value++;
            }
        });
        worker.Start();
        worker.JoinUntil(() => steps.Value > 0);
        worker.Terminate();
        worker.Join();

        Assert.Equal(Terminated, worker.ExitCode);
    }

    [Fact]
    public void What_handles_the_end_of_the_process_runs_and_what_it_prints_is_shown()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = StartOneThatGoesOn(static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Console.WriteLine("put in order"));
        worker.Terminate();
        worker.Join();

        Assert.Equal("put in order\n", cell.Output);
        Assert.Equal(Terminated, worker.ExitCode);
    }

    [Fact(WineGap = WineGaps.ControlBreak)]
    public void What_handles_the_signal_runs_before_the_end()
    {
        using TestCell cell = test.BeginCell();
        using SharedValue<bool> runs = new();
        using WorkerProcess worker = new(test.Host, () =>
        {
            using PosixSignalRegistration handler = PosixSignalRegistration.Create(Signal(), static _ => Console.WriteLine("asked to end"));
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => Console.WriteLine("ends");
            runs.Value = true;
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        worker.JoinUntil(() => runs.Value);
        worker.Terminate();
        worker.Join();

        Assert.Equal("asked to end\nends\n", cell.Output);
    }

    [Fact(WineGap = WineGaps.ControlBreak)]
    public void A_function_that_cancels_the_signal_goes_on_and_its_end_is_its_own()
    {
        using SharedValue<int> signals = new();
        using WorkerProcess worker = new(test.Host, () =>
        {
            using PosixSignalRegistration handler = PosixSignalRegistration.Create(Signal(), context =>
            {
                context.Cancel = true;
                signals.Add(1);
            });
            signals.Add(1);
            SpinWait.SpinUntil(() => signals.Value == 3);
            throw new InvalidOperationException("twice");
        });
        worker.Start();
        worker.JoinUntil(() => signals.Value == 1);
        worker.Terminate();
        worker.JoinUntil(() => signals.Value == 2);
        worker.Terminate();

        WorkerException error = Assert.Throws<WorkerException>(worker.Join);
        Assert.Equal("twice", error.OriginalMessage);
        Assert.Equal(1, worker.ExitCode);
    }

    [Fact]
    public void A_function_that_goes_by_the_token_ends_by_itself()
    {
        using TestCell cell = test.BeginCell();
        using SharedValue<bool> runs = new();
        using WorkerProcess worker = new(test.Host, () =>
        {
            CancellationToken stopping = WorkerProcess.Current!.Stopping;
            runs.Value = true;
            stopping.WaitHandle.WaitOne();
            Console.WriteLine("put in order");
        });
        worker.Start();
        worker.JoinUntil(() => runs.Value);
        Assert.False(worker.Join(TimeSpan.FromMilliseconds(100)));
        worker.Terminate();
        worker.Join();

        Assert.Equal("put in order\n", cell.Output);
        Assert.Equal(0, worker.ExitCode);
    }

    [Fact]
    public void A_function_that_ignores_it_can_be_killed()
    {
        using SharedValue<bool> runs = new();
        using SharedValue<bool> asked = new();
        using WorkerProcess worker = new(test.Host, () =>
        {
            using CancellationTokenRegistration registration = WorkerProcess.Current!.Stopping.Register(() => asked.Value = true);
            runs.Value = true;
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        worker.JoinUntil(() => runs.Value);
        worker.Terminate();
        worker.JoinUntil(() => asked.Value);
        Assert.True(worker.IsAlive);

        worker.Kill();
        worker.Join();

        Assert.Equal(137, worker.ExitCode);
    }

    [Fact]
    public void A_process_whose_end_is_stuck_is_ended_all_the_same()
    {
        using WorkerProcess worker = StartOneThatGoesOn(static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Thread.Sleep(Timeout.Infinite));
        worker.Terminate();
        worker.Join();

        Assert.False(Processes.Exists(worker.Id));
    }

    [Fact]
    public void What_the_function_has_started_ends_with_it()
    {
        using SharedValue<int> started = new();
        using WorkerProcess worker = StartOneThatGoesOn(() =>
        {
            using System.Diagnostics.Process child = Programs.Sleep(1000);
            started.Value = child.Id;
        });
        worker.Terminate();
        worker.Join();

        Assert.True(Processes.AllEnd([started.Value]));
    }

    [LinuxFact("Windows has no such signal")]
    public void A_signal_that_somebody_else_sends_does_what_it_does_in_any_program()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = StartOneThatGoesOn(static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Console.WriteLine("not seen"));
        using System.Diagnostics.Process kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{worker.Id}"]);

        WorkerDiedException error = Assert.Throws<WorkerDiedException>(worker.Join);
        Assert.Equal((Terminated, "SIGTERM"), (error.ExitCode, error.Signal));
        Assert.Equal("", cell.Output);
    }

    [Fact]
    public void It_ends_nothing_else()
    {
        using WorkerPool pool = new(test.Host, 1);
        using WorkerProcess first = new(test.Host, static () => Thread.Sleep(Timeout.Infinite));
        using WorkerProcess second = new(test.Host, static () => Thread.Sleep(Timeout.Infinite));
        first.Start();
        second.Start();
        int id = pool.Run(static () => Environment.ProcessId);
        first.Terminate();
        first.Join();

        Assert.True(second.IsAlive);
        Assert.Equal(id, pool.Run(static () => Environment.ProcessId));
    }

    [Fact]
    public void Only_what_was_started_can_be_asked_to_end()
    {
        using WorkerProcess worker = new(test.Host, static () => { });
        Assert.Throws<InvalidOperationException>(worker.Terminate);
    }

    /// <summary>Starts a process whose function has done something, and goes on for ever.</summary>
    private WorkerProcess StartOneThatGoesOn(Action begin)
    {
        using SharedValue<bool> goesOn = new();
        WorkerProcess worker = new(test.Host, () =>
        {
            begin();
            goesOn.Value = true;
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        worker.JoinUntil(() => goesOn.Value);
        return worker;
    }

    private static PosixSignal Signal() => OperatingSystem.IsWindows() ? PosixSignal.SIGQUIT : PosixSignal.SIGTERM;
}
