using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Synchronization;

public class ProcessSemaphoreTests
{
    [Fact]
    public async Task No_more_than_it_lets_in_are_inside_at_the_same_time_in_all_processes_together()
    {
        const int times = 300;
        using ProcessSemaphore semaphore = new(2);
        using SharedValue<int> inside = new(), most = new();
        void Enter()
        {
            for (int i = 0; i < times; i++)
            {
                using (semaphore.EnterScope())
                {
                    Note();
                }

                semaphore.Wait();
                Note();
                semaphore.Release();
            }
        }

        void Note()
        {
            int now = inside.Increment();
            for (int seen = most.Value; now > seen; seen = most.Value)
            {
                most.CompareExchange(now, seen);
            }

            Thread.SpinWait(20);
            inside.Decrement();
        }

        async Task EnterAsync()
        {
            for (int i = 0; i < times; i++)
            {
                using (await semaphore.EnterScopeAsync())
                {
                    Note();
                }

                await semaphore.WaitAsync();
                Note();
                semaphore.Release();
            }
        }

        await Task.WhenAll(WorkerProcess.RunAsync(Enter), WorkerProcess.RunAsync(Enter), Task.Run(Enter), Task.Run(EnterAsync), Task.Run(EnterAsync));

        Assert.InRange(most.Value, 1, 2);
        Assert.Equal((0, 2), (inside.Value, semaphore.CurrentCount));
        Assert.Equal("ProcessSemaphore: 2 can enter", semaphore.ToString());
    }

    [Fact]
    public async Task What_is_released_in_one_process_lets_others_in()
    {
        using ProcessSemaphore items = new(0);
        Task consumer = WorkerProcess.RunAsync(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                items.Wait();
            }
        });
        Assert.Equal(0, items.Release());
        items.Release(9);
        await consumer;
        Assert.Equal(0, items.CurrentCount);
        Assert.False(items.Wait(TimeSpan.Zero));
        Assert.False(await items.WaitAsync(TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void There_are_never_more_than_the_most()
    {
        using ProcessSemaphore semaphore = new(1, 2);
        Assert.Equal(1, semaphore.Release());
        Assert.Throws<SemaphoreFullException>(() => semaphore.Release());
        Assert.Equal(2, semaphore.CurrentCount);
        using (semaphore.EnterScope())
        {
            // Whoever is inside comes out again.
            Assert.Throws<SemaphoreFullException>(() => semaphore.Release());
        }

        Assert.Throws<SemaphoreFullException>(() => semaphore.Release(int.MaxValue));
        Assert.Equal(2, semaphore.CurrentCount);
    }

    [Fact]
    public async Task What_a_killed_process_held_others_can_have_and_what_it_took_for_good_is_gone()
    {
        using ProcessSemaphore semaphore = new(3);
        using ProcessEvent inside = new();
        using WorkerProcess worker = new(() =>
        {
            semaphore.Wait();
            semaphore.EnterScope();
            semaphore.EnterScope();
            inside.Set();
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        inside.Wait();
        Assert.Equal(0, semaphore.CurrentCount);
        Task<IDisposable> waiting = Enter();
        Task<bool> blocking = Task.Run(() => semaphore.Wait(Timeout.InfiniteTimeSpan));
        Processes.Kill(worker.Id);

        (await waiting).Dispose();
        Assert.True(await blocking);
        Assert.Equal(1, semaphore.CurrentCount);

        async Task<IDisposable> Enter() => await semaphore.EnterScopeAsync();
    }

    [Fact]
    public async Task A_worker_that_ends_inside_leaves()
    {
        using ProcessSemaphore semaphore = new(1);
        await WorkerProcess.RunAsync(() => { semaphore.EnterScope(); });
        using (semaphore.EnterScope())
        {
            Assert.Equal(0, semaphore.CurrentCount);
        }

        Assert.Equal(1, semaphore.CurrentCount);
    }

    [Fact]
    public async Task A_scope_is_left_once_on_whichever_thread()
    {
        using ProcessSemaphore semaphore = new(1);
        ProcessSemaphore.Scope scope = semaphore.EnterScope();
        await Task.Run(scope.Dispose);
        scope.Dispose();
        Assert.Equal(1, semaphore.CurrentCount);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled_and_takes_nothing_then()
    {
        using ProcessSemaphore semaphore = new(0);
        using CancellationTokenSource cancel = new();
        Task blocking = Task.Run(() => semaphore.Wait(cancel.Token));
        Task waiting = semaphore.WaitAsync(cancel.Token);
        Task entering = semaphore.EnterScopeAsync(cancel.Token);
        await Task.Delay(50);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocking);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entering);
        semaphore.Release();
        Assert.Equal(1, semaphore.CurrentCount);
        Assert.Throws<OperationCanceledException>(() => semaphore.Wait(cancel.Token));
        Assert.Equal(1, semaphore.CurrentCount);
    }

    [Fact]
    public async Task Use_after_dispose_is_an_error()
    {
        ProcessSemaphore semaphore = new(0);
        Task blocking = Task.Run(() => semaphore.Wait());
        await Task.Delay(50);
        semaphore.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => blocking);
        Assert.Throws<ObjectDisposedException>(() => semaphore.Release());
        Assert.Throws<ObjectDisposedException>(() => semaphore.CurrentCount);
        Assert.Throws<ObjectDisposedException>(() => semaphore.EnterScope());
        Assert.Equal("ProcessSemaphore: disposed", semaphore.ToString());
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(2, 1)]
    [InlineData(0, 0)]
    public void Counts_that_make_no_sense_are_refused(int initial, int most) => Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessSemaphore(initial, most));
}
