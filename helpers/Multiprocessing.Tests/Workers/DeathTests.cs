using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Workers;

public class DeathTests(TestHost test) : IClassFixture<TestHost>
{
    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task A_worker_that_exits_is_told_with_its_code(int code)
    {
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(() => test.RunAsync(() => Environment.Exit(code)));

        Assert.Equal(code, error.ExitCode);
        Assert.Null(error.Signal);
        Assert.Contains($"exited with code {code}", error.Message, StringComparison.Ordinal);
    }

    [Fact(WineGap = WineGaps.StackOverflow)]
    public async Task A_worker_that_overflows_its_stack_is_told_with_its_end_and_its_report()
    {
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(() => test.RunAsync(() => Descend(0)));

        Assert.Equal(Ends.Overflowed, (error.ExitCode, error.Signal));
        Assert.Contains("Descend", error.LastErrorLines, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_that_somebody_kills_is_told_with_its_end()
    {
        using WorkerProcess worker = new(test.Host, () => Thread.Sleep(Timeout.Infinite));
        worker.Start();
        Assert.False(worker.Join(TimeSpan.FromMilliseconds(100)));

        Processes.Kill(worker.Id);

        WorkerDiedException error = Assert.Throws<WorkerDiedException>(worker.Join);
        Assert.Equal(Ends.Killed, (error.ExitCode, error.Signal));
        Assert.Equal(Ends.Killed.ExitCode, worker.ExitCode);
    }

    [Fact]
    public async Task A_crash_on_another_thread_of_the_worker_is_told_with_its_report()
    {
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(() => test.RunAsync(() =>
        {
            new Thread(() => throw new InvalidOperationException("정신없음")).Start();
            Thread.Sleep(Timeout.Infinite);
        }));

        Assert.Contains("정신없음", error.LastErrorLines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fail_fast_is_told_with_its_report()
    {
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(() => test.RunAsync(() => Environment.FailFast("enough")));

        Assert.Contains("enough", error.LastErrorLines, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("한")]
    [InlineData("정신없음, and a word or two of English")]
    [InlineData("😀😀😀")]
    public async Task A_fail_fast_is_told_with_its_report_in_any_language(string message)
    {
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(() => WorkerProcess.RunAsync(() => Environment.FailFast(message)));

        Assert.Contains($"\n{message}\n", error.LastErrorLines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fail_fast_whose_message_the_runtime_loses_is_told_with_what_to_do()
    {
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(() => test.RunAsync(static () => Environment.FailFast("더는 계속할 수 없습니다")));

        // Should the runtime have learnt to write it, all the better.
        Assert.True(error.Message.Contains("더는 계속할 수 없습니다", StringComparison.Ordinal) || error.Message.Contains("Console.Error", StringComparison.Ordinal), error.Message);
    }

    [Fact]
    public async Task What_is_written_before_a_fail_fast_is_told_in_any_language()
    {
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(() => test.RunAsync(static () =>
        {
            Console.Error.WriteLine("더는 계속할 수 없습니다");
            Environment.FailFast("더는 계속할 수 없습니다");
        }));

        // By two ways, of which either may be the faster.
        Assert.Contains("더는 계속할 수 없습니다", error.LastErrorLines.Split('\n'));
    }

    [Fact]
    public async Task A_segmentation_fault_is_told()
    {
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(() => test.RunAsync(() => Marshal.WriteByte(unchecked((nint)0x123_4567_8901), 1)));

        // On Windows it is the number of an error, which as a number of 32 bits is less than 0.
        Assert.True(OperatingSystem.IsWindows() ? error.ExitCode < -1 : error.ExitCode > 128, $"Exit code {error.ExitCode}.");
    }

    [Fact]
    public void After_kill_join_just_returns_and_the_process_is_gone()
    {
        using WorkerProcess worker = new(test.Host, Loop);
        worker.Start();
        worker.Join(TimeSpan.FromMilliseconds(150));

        worker.Kill();
        worker.Join();

        Assert.False(Processes.Exists(worker.Id));
        Assert.Equal(137, worker.ExitCode);
        worker.Kill();
    }

    [Fact]
    public void Kill_at_once_after_start_leaves_no_process()
    {
        using WorkerProcess worker = new(test.Host, Loop);
        worker.Start();
        worker.Kill();
        worker.Join();

        Assert.False(Processes.Exists(worker.Id));
    }

    [Fact]
    public void Dispose_ends_the_process_and_what_it_has_started()
    {
        WorkerProcess worker = new(test.Host, () =>
        {
            using Process child = Programs.Sleep(1000);
            Console.WriteLine(child.Id);
            Thread.Sleep(Timeout.Infinite);
        });
        using TestCell cell = test.BeginCell();
        worker.Start();
        worker.JoinUntil(() => cell.Output.EndsWith('\n'));

        int grandchild = int.Parse(cell.Output, CultureInfo.InvariantCulture);
        worker.Dispose();

        Assert.False(Processes.Exists(worker.Id));
        Assert.True(Processes.AllEnd([grandchild]));
    }

    [Fact]
    public void A_child_that_outlives_its_worker_does_not_hold_up_the_join()
    {
        using SharedValue<int> started = new();
        using WorkerProcess worker = new(test.Host, () =>
        {
            using Process child = Programs.Sleep(1000);
            started.Value = child.Id;
        });
        worker.Start();
        worker.Join();

        Assert.True(Processes.Exists(started.Value));
        Processes.Kill(started.Value);
    }

    [LauncherFact]
    public async Task A_worker_that_is_killed_takes_what_it_has_started_with_it()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = new(test.Host, () =>
        {
            using Process child = Programs.Sleep(1000);
            Console.WriteLine(child.Id);
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        worker.JoinUntil(() => cell.Output.EndsWith('\n'));

        Processes.Kill(worker.Id);
        await Assert.ThrowsAsync<WorkerDiedException>(() => worker.WaitAsync());

        Assert.True(Processes.AllEnd([int.Parse(cell.Output, CultureInfo.InvariantCulture)]));
    }

    private static int Descend(int depth) => depth < 0 ? 0 : Descend(depth + 1) + Descend(depth + 2);

    private static void Loop()
    {
        while (true)
        {
        }
    }
}
