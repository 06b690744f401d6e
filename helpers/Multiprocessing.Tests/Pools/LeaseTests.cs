using Multiprocessing.Tests.Memory;

namespace Multiprocessing.Tests.Pools;

/// <summary>What shared objects are told of the calls of a pool: each worker that a call goes to has them until the call has ended.</summary>
public class LeaseTests
{
    [Fact]
    public async Task A_call_that_has_returned_is_done_in_each_of_its_workers()
    {
        await Task.Yield();
        using CountedObject shared = new();
        using (WorkerPool pool = new(2))
        {
            pool.Run(() => GC.KeepAlive(shared));
            pool.Run(static () => { });
        }

        Assert.Equal("begun, done", shared.Told);
    }

    [Fact]
    public async Task A_call_whose_worker_ends_meanwhile_has_failed()
    {
        using CountedObject shared = new();
        using WorkerPool pool = new(1);
        await Assert.ThrowsAsync<WorkerDiedException>(() => pool.RunAsync(() =>
        {
            GC.KeepAlive(shared);
            Environment.Exit(3);
        }));

        Assert.True(Rendezvous.Await(() => shared.Told == "begun, failed"), shared.Told);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_throws_has_failed(bool maps)
    {
        using CountedObject shared = new();
        using WorkerPool pool = new(1);
        int Throw(int x)
        {
            GC.KeepAlive(shared);
            throw new InvalidOperationException();
        }

        await Assert.ThrowsAsync<WorkerException>(() => maps ? (Task)pool.MapAsync(Throw, [1]) : pool.RunAsync(() => Throw(1)));

        Assert.True(Rendezvous.Await(() => shared.Told == "begun, failed"), shared.Told);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_whose_worker_is_replaced_after_it_is_done(bool maps)
    {
        using CountedObject shared = new();
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 1, MaxTasksPerWorker = 1 });
        int Work(int x)
        {
            GC.KeepAlive(shared);
            return x;
        }

        await (maps ? (Task)pool.MapAsync(Work, [1, 2]) : pool.RunAsync(() => Work(1)));

        string told = maps ? "begun, begun, done, done" : "begun, done";
        Assert.True(Rendezvous.Await(() => string.Join(", ", shared.Told.Split(", ").Order()) == told), shared.Told);
    }

    [Fact]
    public async Task An_initializer_is_done_with_its_pool()
    {
        using CountedObject shared = new();
        using (WorkerPool pool = new(1, () => GC.KeepAlive(shared)))
        {
            await pool.RunAsync(static () => { });
        }

        Assert.True(Rendezvous.Await(() => shared.Told == "begun, done"), shared.Told);
    }

    [Fact]
    public async Task An_initializer_whose_worker_dies_has_failed()
    {
        using CountedObject shared = new();
        using WorkerPool pool = new(1, () => GC.KeepAlive(shared));
        await Assert.ThrowsAsync<WorkerDiedException>(() => pool.RunAsync(static () => Environment.Exit(3)));

        Assert.True(Rendezvous.Await(() => shared.Told.Contains("failed", StringComparison.Ordinal)), shared.Told);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_is_cancelled_at_work_has_failed(bool maps)
    {
        using CountedObject shared = new();
        using SharedValue<int> begun = new();
        using CancellationTokenSource cancellation = new();
        using WorkerPool pool = new(1);
        int Hold(int x)
        {
            GC.KeepAlive(shared);
            begun.Increment();
            Thread.Sleep(Timeout.Infinite);
            return x;
        }

        Task call = maps ? pool.MapAsync(Hold, [1], cancellationToken: cancellation.Token) : pool.RunAsync(() => Hold(1), cancellation.Token);
        Assert.True(Rendezvous.Await(() => begun.Value == 1));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.True(Rendezvous.Await(() => shared.Told == "begun, failed"), shared.Told);
    }

    // The worker is another call's when this one ends, and has not been told to forget it yet when it dies.
    [Fact]
    public async Task A_call_that_has_returned_is_done_even_if_its_worker_dies_of_another_one()
    {
        using CountedObject shared = new();
        using SharedValue<int> step = new();
        using SharedValue<int> begun = new();
        using WorkerPool pool = new(2);
        pool.AssertUsable();
        Task<int[]> call = pool.MapAsync(
            x =>
            {
                GC.KeepAlive(shared);
                begun.Increment();

                // Both at work at once: otherwise one worker may do both, and the other never hears of the call.
                Wait(begun, 2);
                return x == 0 ? 0 : Wait(step, 2);
            },
            [0, 1],
            chunkSize: 1);
        Task other = pool.RunAsync(() =>
        {
            step.Value = 1;
            Environment.Exit(Wait(step, 3));
        });
        Assert.True(Rendezvous.Await(() => step.Value == 1));
        step.Value = 2;
        int[] results = await call;
        Assert.Equal([0, 2], results);
        step.Value = 3;
        await Assert.ThrowsAsync<WorkerDiedException>(() => other);

        Assert.True(Rendezvous.Await(() => shared.Told.Count(static c => c == ',') == 3), shared.Told);
        Assert.Equal("begun, begun, done, done", shared.Told);
    }

    private static int Wait(SharedValue<int> step, int value)
    {
        Assert.True(Rendezvous.Await(() => step.Value >= value));
        return value;
    }
}
