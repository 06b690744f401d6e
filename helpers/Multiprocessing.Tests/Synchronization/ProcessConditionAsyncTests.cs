using System.Diagnostics;
using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Synchronization;

/// <summary>Waiting for a condition without a thread.</summary>
public class ProcessConditionAsyncTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_buffer_of_one_place_passes_everything_on_in_order(bool processes)
    {
        const int items = 300;
        using ProcessLock gate = new();
        using ProcessCondition isFull = new(gate), isEmpty = new(gate);
        using SharedValue<int> place = new();
        async Task<int[]> ConsumeAsync()
        {
            int[] taken = new int[items];
            for (int i = 0; i < items; i++)
            {
                await isFull.WaitForAsync(() =>
                {
                    if (place.Value == 0)
                    {
                        return false;
                    }

                    taken[i] = place.Exchange(0);
                    isEmpty.Pulse();
                    return true;
                });
            }

            return taken;
        }

        Task<int[]> consumer = processes ? WorkerProcess.RunAsync(ConsumeAsync) : Task.Run(ConsumeAsync);
        for (int i = 1; i <= items; i++)
        {
            await isEmpty.WaitForAsync(() => place.CompareExchange(i, 0) == 0 && Pulse(isFull));
        }

        Assert.Equal(Enumerable.Range(1, items), await consumer);
        Assert.Equal((0, 0, false), (isFull.WaiterCount, isEmpty.WaiterCount, gate.IsHeld));
    }

    [Fact]
    public async Task Who_waits_with_and_without_a_thread_is_pulsed_in_turn_whichever_the_process()
    {
        using ProcessCondition condition = new();
        using SharedValue<int> woken = new();
        Task<int> first = WorkerProcess.RunAsync(async () =>
        {
            await Begin(condition);
            return woken.Increment();
        });
        AwaitWaiters(condition, 1);
        Task<int> second = Task.Run(() =>
        {
            using (condition.Lock.EnterScope())
            {
                condition.Wait();
                return woken.Increment();
            }
        });
        AwaitWaiters(condition, 2);
        Task third = Begin(condition);
        Assert.Equal("ProcessCondition: 3 waiting", condition.ToString());

        EnterAndPulse(condition);
        Assert.Equal(1, await first);
        await Task.Delay(100);
        Assert.False(second.IsCompleted || third.IsCompleted);
        EnterAndPulse(condition);
        Assert.Equal(2, await second);
        await Task.Delay(100);
        Assert.False(third.IsCompleted);
        EnterAndPulse(condition);
        await third;
        Assert.Equal("ProcessCondition: 0 waiting", condition.ToString());
    }

    [Fact]
    public async Task Many_wait_at_once_and_no_thread_is_blocked()
    {
        using ProcessCondition condition = new();
        using SharedValue<bool> isOpen = new();
        Task[] waiting = [.. Enumerable.Range(0, 500).Select(i => i % 2 == 0 ? Begin(condition) : condition.WaitForAsync(() => isOpen.Value))];
        int threads = Process.GetCurrentProcess().Threads.Count;
        Assert.True(threads < waiting.Length, $"{threads} threads for {waiting.Length} waits");
        Assert.Equal(waiting.Length, condition.WaiterCount);
        await WorkerProcess.RunAsync(() =>
        {
            using (condition.Lock.EnterScope())
            {
                isOpen.Value = true;
                condition.PulseAll();
            }
        });
        await Task.WhenAll(waiting);
        Assert.Equal(0, condition.WaiterCount);
    }

    [Fact]
    public async Task A_wait_goes_on_when_the_thread_that_began_it_has_ended()
    {
        using ProcessCondition condition = new();
        Task? pulse = null;
        Thread beginner = new(() => pulse = Begin(condition));
        beginner.Start();
        beginner.Join();
        EnterAndPulse(condition);
        await pulse!;
    }

    [Fact]
    public async Task A_cancelled_wait_ends_while_another_has_the_lock_and_takes_no_pulse_away()
    {
        using ProcessCondition condition = new();
        using CancellationTokenSource cancel = new();
        Task first = Begin(condition, cancel.Token);
        Task second = condition.WaitForAsync(static () => false, cancel.Token);
        Task third = Begin(condition);
        await Task.Factory.StartNew(
            () =>
            {
                using (condition.Lock.EnterScope())
                {
                    cancel.Cancel();
                    Assert.True(Rendezvous.Await(() => first.IsCanceled && second.IsCanceled));
                    condition.Pulse();
                }
            },
            TaskCreationOptions.LongRunning);
        await third;
        Assert.Equal("ProcessCondition: 0 waiting", condition.ToString());
        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first)).CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Begin(condition, cancel.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => condition.WaitForAsync(static () => true, cancel.Token));
        Assert.Equal("ProcessCondition: 0 waiting", condition.ToString());
    }

    [Fact]
    public async Task Of_a_pulse_and_a_cancellation_at_the_same_time_no_pulse_is_lost()
    {
        using ProcessCondition condition = new();
        for (int i = 0; i < 300; i++)
        {
            using CancellationTokenSource cancel = new();
            Task first = Begin(condition, cancel.Token);
            Task second = Begin(condition);
            await Task.WhenAll(Task.Run(cancel.Cancel), Task.Run(() => EnterAndPulse(condition)));
            await Task.WhenAny(first, second);
            await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Whoever has not had it still waits.
            Assert.Equal(first.IsCanceled ? 0 : 1, condition.WaiterCount);
            EnterAndPulse(condition);
            await second;
        }
    }

    [Fact]
    public async Task One_that_is_killed_while_it_waits_takes_no_pulse_away()
    {
        using ProcessCondition condition = new();
        using WorkerProcess worker = new(async () => await Begin(condition));
        worker.Start();
        AwaitWaiters(condition, 1);
        Task next = Begin(condition);
        worker.Kill();
        worker.Join();
        EnterAndPulse(condition);
        await next;
        Assert.Equal("ProcessCondition: 0 waiting", condition.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_killed_before_it_could_look_leaves_its_pulse_to_the_next(bool isNextAsync)
    {
        using ProcessCondition condition = new();
        using SharedValue<bool> isSo = new();
        using WorkerProcess worker = new(async () => await condition.WaitForAsync(() => isSo.Value));
        worker.Start();
        AwaitWaiters(condition, 1);
        Task next = isNextAsync ? condition.WaitForAsync(() => isSo.Value) : Task.Run(() =>
        {
            using (condition.Lock.EnterScope())
            {
                condition.WaitFor(() => isSo.Value);
            }
        });
        AwaitWaiters(condition, 2);

        // In one method: the lock belongs to the thread.
        await Task.Run(() =>
        {
            using (condition.Lock.EnterScope())
            {
                isSo.Value = true;
                condition.Pulse();
                worker.Kill();
                worker.Join();
            }
        });
        await next;
        Assert.Equal("ProcessCondition: 0 waiting", condition.ToString());
    }

    [Fact]
    public async Task Who_looks_after_a_holder_that_ended_is_told_so_and_has_no_lock()
    {
        using ProcessCondition condition = new();
        using SharedValue<bool> isSo = new();
        Task waiting = condition.WaitForAsync(() => isSo.Value);
        Thread holder = new(() =>
        {
            condition.Lock.Enter();
            isSo.Value = true;
            condition.Pulse();
        });
        holder.Start();
        holder.Join();

        await Assert.ThrowsAsync<AbandonedMutexException>(() => waiting);
        Assert.Equal(("ProcessCondition: 0 waiting", false), (condition.ToString(), condition.Lock.IsHeld));
        await condition.WaitForAsync(() => isSo.Value);
    }

    [Fact]
    public async Task Times_are_kept_and_those_that_make_no_sense_are_refused()
    {
        using ProcessCondition condition = new();
        Stopwatch watch = Stopwatch.StartNew();
        Assert.False(await condition.WaitForAsync(static () => false, TimeSpan.FromMilliseconds(120)));
        Assert.InRange(watch.Elapsed.TotalMilliseconds, 119, 60_000);
        Assert.True(await condition.WaitForAsync(static () => true, TimeSpan.Zero));
        Assert.False(await condition.WaitForAsync(static () => false, TimeSpan.Zero));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => condition.WaitForAsync(static () => true, TimeSpan.FromSeconds(-3)));
        using (condition.Lock.EnterScope())
        {
            Task<bool> timed = condition.WaitAsync(TimeSpan.FromMilliseconds(50));
            Assert.True(Rendezvous.Await(() => timed.IsCompletedSuccessfully));
            Assert.Throws<ArgumentOutOfRangeException>(() => Ignore(condition.WaitAsync(TimeSpan.MaxValue)));
            Assert.True(condition.Lock.IsHeldByCurrentThread);
        }

        Assert.Equal(("ProcessCondition: 0 waiting", false), (condition.ToString(), condition.Lock.IsHeld));
    }

    [Fact]
    public async Task What_a_look_throws_ends_the_waiting_and_exits_the_lock()
    {
        using ProcessCondition condition = new();
        using SharedValue<bool> fails = new();
        Task waiting = condition.WaitForAsync(() => fails.Value ? throw new InvalidOperationException("look") : false);
        fails.Value = true;
        EnterAndPulse(condition);
        Assert.Equal("look", (await Assert.ThrowsAsync<InvalidOperationException>(() => waiting)).Message);
        Assert.Equal(("ProcessCondition: 0 waiting", false), (condition.ToString(), condition.Lock.IsHeld));
    }

    [Fact]
    public async Task Who_has_the_lock_begins_to_wait_and_who_has_it_not_waits_for_what_is_so()
    {
        ProcessCondition condition = new();
        Assert.Throws<SynchronizationLockException>(() => Ignore(condition.WaitAsync()));
        Assert.Throws<ArgumentNullException>(() => Ignore(condition.WaitForAsync(null!)));
        using (condition.Lock.EnterScope())
        {
            Assert.Throws<LockRecursionException>(() => Ignore(condition.WaitForAsync(static () => true)));
        }

        Task first = Begin(condition);
        Task second = condition.WaitForAsync(static () => false);
        condition.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second);
        Assert.Throws<ObjectDisposedException>(() => Ignore(condition.WaitAsync()));
        Assert.Throws<ObjectDisposedException>(() => Ignore(condition.WaitForAsync(static () => true)));
    }

    private static Task Begin(ProcessCondition condition, CancellationToken cancellationToken = default)
    {
        using (condition.Lock.EnterScope(CancellationToken.None))
        {
            return condition.WaitAsync(cancellationToken);
        }
    }

    private static void EnterAndPulse(ProcessCondition condition)
    {
        using (condition.Lock.EnterScope())
        {
            condition.Pulse();
        }
    }

    private static bool Pulse(ProcessCondition condition)
    {
        condition.Pulse();
        return true;
    }

    private static void Ignore(Task task) => GC.KeepAlive(task);

    private static void AwaitWaiters(ProcessCondition condition, int count) => Assert.True(Rendezvous.Await(() => condition.WaiterCount == count));
}
