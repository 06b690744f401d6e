using Multiprocessing.Tests.Memory;

namespace Multiprocessing.Tests.Workers;

/// <summary>A shared object is told once that a call has it, and once that it has ended, and how: by that a queue knows whether somebody is left to wait for.</summary>
public class LeaseTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_has_returned_is_done_whatever_becomes_of_its_process(bool dies)
    {
        await Task.Yield();
        using CountedObject shared = new();
        WorkerProcess worker = new(() =>
        {
            if (dies)
            {
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => Environment.FailFast("too late");
            }

            GC.KeepAlive(shared);
        });
        worker.Start();
        worker.Join();
        worker.Dispose();

        Assert.Equal(0, worker.ExitCode);
        Assert.Equal("begun, done", shared.Told);
    }

    [Fact]
    public async Task A_call_that_throws_has_failed()
    {
        using CountedObject shared = new();
        await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() => throw new InvalidOperationException(shared.ToString())));

        Assert.Equal("begun, failed", shared.Told);
    }

    [Fact]
    public async Task A_call_whose_process_ends_has_failed()
    {
        using CountedObject shared = new();
        await Assert.ThrowsAsync<WorkerDiedException>(() => WorkerProcess.RunAsync(() =>
        {
            GC.KeepAlive(shared);
            Environment.Exit(3);
        }));

        Assert.Equal("begun, failed", shared.Told);
    }

    [Fact]
    public async Task An_object_that_cannot_take_it_keeps_no_result_back_and_ends_nobody()
    {
        using CountedObject shared = new() { Fails = true };
        Assert.Equal(3, await WorkerProcess.RunAsync(() =>
        {
            GC.KeepAlive(shared);
            return 3;
        }));
        await Assert.ThrowsAsync<WorkerDiedException>(() => WorkerProcess.RunAsync(() =>
        {
            GC.KeepAlive(shared);
            Environment.Exit(3);
        }));
        WorkerProcess worker = new(() => GC.KeepAlive(shared));
        worker.Start();
        worker.Join();
        worker.Dispose();

        Assert.Equal("begun, done, begun, failed, begun, done", shared.Told);
    }
}
