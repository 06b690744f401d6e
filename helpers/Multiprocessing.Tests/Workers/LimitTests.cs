using System.Runtime.InteropServices;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Workers;

/// <summary>What a process may take, and what becomes of one that takes more.</summary>
public class LimitTests(TestHost test) : IClassFixture<TestHost>
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public void A_function_that_takes_too_long_is_ended_and_told_by_its_limit()
    {
        using WorkerProcess worker = new(test.Host, static () => Thread.Sleep(Timeout.Infinite)) { Name = "sleeper", TimeLimit = TimeSpan.FromSeconds(0.5) };
        worker.Start();

        WorkerDiedException error = Assert.Throws<WorkerDiedException>(worker.Join);

        Assert.Equal(WorkerLimit.Time, error.ExceededLimit);
        Assert.Equal($"Worker 'sleeper' (process {worker.Id}) was ended: its function took longer than its time limit of 0.5 s.", error.Message);
        Assert.Equal(137, worker.ExitCode);
        Assert.False(Processes.Exists(worker.Id));
    }

    [Fact]
    public async Task A_function_that_stays_within_its_limits_is_no_other_than_any()
    {
        using WorkerProcess worker = new(test.Host, static () => GC.KeepAlive(new byte[1_000_000])) { TimeLimit = TimeSpan.FromDays(1) };
        worker.Start();
        await worker.WaitAsync();
        Assert.Equal(0, worker.ExitCode);

        using WorkerProcess thrower = new(test.Host, static () => throw new InvalidOperationException("own")) { TimeLimit = TimeSpan.FromDays(1) };
        thrower.Start();
        Assert.Equal("own", (await Assert.ThrowsAsync<WorkerException>(() => thrower.WaitAsync())).OriginalMessage);
    }

    [Fact]
    public void Kill_before_the_limit_is_a_kill()
    {
        using WorkerProcess worker = new(test.Host, static () => Thread.Sleep(Timeout.Infinite)) { TimeLimit = TimeSpan.FromDays(1) };
        worker.Start();
        worker.Kill();
        worker.Join();

        Assert.Equal(137, worker.ExitCode);
    }

    [LimitFact(WineGap = WineGaps.JobLimits)]
    public void A_function_that_takes_too_much_processor_time_is_ended_and_told_by_its_limit()
    {
        using WorkerProcess worker = new(test.Host, static () =>
        {
            while (true)
            {
            }
        }) { ProcessorTimeLimit = TimeSpan.FromSeconds(1) };
        worker.Start();

        WorkerDiedException error = Assert.Throws<WorkerDiedException>(worker.Join);

        Assert.Equal(WorkerLimit.ProcessorTime, error.ExceededLimit);
        Assert.Equal($"Worker '{worker.Name}' (process {worker.Id}) was ended: it took more processor time than its limit of 1 s.", error.Message);
    }

    [LimitFact]
    public void A_function_that_sleeps_takes_no_processor_time()
    {
        using WorkerProcess worker = new(test.Host, static () => Thread.Sleep(3000)) { ProcessorTimeLimit = TimeSpan.FromSeconds(1) };
        worker.Start();
        worker.Join();

        Assert.Equal(0, worker.ExitCode);
    }

    [LimitFact(WineGap = WineGaps.JobLimits)]
    public void A_function_that_needs_too_much_memory_at_once_gets_an_exception_that_names_the_limit()
    {
        using WorkerProcess worker = new(test.Host, static () => Fill("arrays")) { MemoryLimit = 250 * Megabyte };
        worker.Start();

        WorkerException error = Assert.Throws<WorkerException>(worker.Join);

        Assert.IsType<OutOfMemoryException>(error.InnerException);
        Assert.DoesNotContain("not available", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" The worker has a memory limit of 250 MB.", error.Message, StringComparison.Ordinal);
    }

    [LimitTheory(WineGap = WineGaps.JobLimits)]
    [InlineData("small")]
    [InlineData("native")]
    public void A_function_that_leaves_no_memory_is_told_by_its_limit(string kind)
    {
        using WorkerProcess worker = new(test.Host, () => Fill(kind)) { MemoryLimit = 250 * Megabyte };
        worker.Start();

        // Small objects fill it to the brim, and native memory is not given back: whether .NET itself can go on then is a matter of what it is at.
        Exception error = Assert.ThrowsAny<Exception>(worker.Join);

        Assert.Contains("limit of 250 MB", error.Message, StringComparison.Ordinal);
        Assert.True(error is WorkerException { InnerException: OutOfMemoryException } or WorkerDiedException { ExceededLimit: WorkerLimit.Memory or null }, error.ToString());
    }

    [LimitFact]
    public async Task A_worker_with_limits_is_not_used_again()
    {
        using WorkerProcess refused = new(test.Host, MakeUnsendable()) { MemoryLimit = 250 * Megabyte };
        Assert.Throws<NotShippableException>(refused.Start);

        // The stock's next is another, or has none.
        await test.RunAsync(static () => GC.KeepAlive(new byte[400 * Megabyte]));
    }

    [LimitFact(WineGap = WineGaps.JobLimits)]
    public void A_limit_too_small_for_net_itself_is_told_as_well()
    {
        using WorkerProcess worker = new(test.Host, static () => Fill("arrays")) { MemoryLimit = Megabyte };
        worker.Start();

        Exception error = Assert.ThrowsAny<Exception>(worker.Join);
        Assert.Contains("limit of 1 MB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_is_more_than_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WorkerProcess(static () => { }) { TimeLimit = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WorkerProcess(static () => { }) { TimeLimit = TimeSpan.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WorkerProcess(static () => { }) { ProcessorTimeLimit = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WorkerProcess(static () => { }) { MemoryLimit = 0 });
    }

    [Fact]
    public void A_system_without_limits_says_so()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Throws<PlatformNotSupportedException>(static () => new WorkerProcess(static () => { }) { MemoryLimit = Megabyte });
    }

    private static Action MakeUnsendable()
    {
        Thread thread = Thread.CurrentThread;
        return () => GC.KeepAlive(thread);
    }

    private static void Fill(string kind)
    {
        List<object> kept = [];
        while (true)
        {
            switch (kind)
            {
                case "native":
                    Touch();
                    break;
                case "arrays":
                    kept.Add(new byte[Megabyte]);
                    break;
                default:
                    kept.Add(new byte[100]);
                    break;
            }
        }
    }

    private static unsafe void Touch() => new Span<byte>(NativeMemory.Alloc((nuint)Megabyte), (int)Megabyte).Fill(1);
}
