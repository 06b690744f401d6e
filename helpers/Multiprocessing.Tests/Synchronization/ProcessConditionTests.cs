using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Synchronization;

public class ProcessConditionTests
{
    [Fact]
    public async Task A_buffer_of_one_place_passes_everything_on_in_order()
    {
        const int items = 300;
        using ProcessLock gate = new();
        using ProcessCondition isFull = new(gate), isEmpty = new(gate);
        using SharedValue<int> place = new();
        Task<int[]> consumer = WorkerProcess.RunAsync(() =>
        {
            int[] taken = new int[items];
            for (int i = 0; i < items; i++)
            {
                using (gate.EnterScope())
                {
                    isFull.WaitFor(() => place.Value != 0);
                    taken[i] = place.Exchange(0);
                    isEmpty.Pulse();
                }
            }

            return taken;
        });
        await Task.Run(() =>
        {
            for (int i = 1; i <= items; i++)
            {
                using (isEmpty.Lock.EnterScope())
                {
                    isEmpty.WaitFor(() => place.Value == 0);
                    place.Value = i;
                    isFull.Pulse();
                }
            }
        });

        Assert.Equal(Enumerable.Range(1, items), await consumer);
    }

    [Fact]
    public async Task A_pulse_wakes_one_and_pulse_all_wakes_all()
    {
        using ProcessCondition condition = new();
        using SharedValue<int> woken = new();
        void Wait()
        {
            using (condition.Lock.EnterScope())
            {
                condition.Wait();
                woken.Increment();
            }
        }

        Task[] waiting = [Task.Run(Wait), Task.Run(Wait), WorkerProcess.RunAsync(Wait), WorkerProcess.RunAsync(Wait)];
        AwaitWaiters(condition, 4);
        using (condition.Lock.EnterScope())
        {
            condition.Pulse();
        }

        Assert.True(Rendezvous.Await(() => woken.Value == 1));
        await Task.Delay(100);
        Assert.Equal((1, "ProcessCondition: 3 waiting"), (woken.Value, condition.ToString()));
        using (condition.Lock.EnterScope())
        {
            condition.PulseAll();
        }

        await Task.WhenAll(waiting);
        Assert.Equal(4, woken.Value);
    }

    [Fact]
    public async Task One_that_is_killed_while_it_waits_takes_no_pulse_away()
    {
        using ProcessCondition condition = new();
        void Wait()
        {
            using (condition.Lock.EnterScope())
            {
                condition.Wait();
            }
        }

        using WorkerProcess worker = new(Wait);
        worker.Start();
        AwaitWaiters(condition, 1);
        Task next = Task.Run(Wait);
        AwaitWaiters(condition, 2);
        worker.Kill();
        worker.Join();
        using (condition.Lock.EnterScope())
        {
            condition.Pulse();
        }

        await next;
        Assert.Equal("ProcessCondition: 0 waiting", condition.ToString());
    }

    [Fact]
    public async Task One_that_is_killed_when_it_has_been_pulsed_leaves_its_pulse_to_the_next()
    {
        using ProcessCondition condition = new();
        void Wait()
        {
            using (condition.Lock.EnterScope())
            {
                condition.Wait();
            }
        }

        await PulseAndKillAsync(condition, Wait, Wait, Wait);
        AwaitWaiters(condition, 1);
        using (condition.Lock.EnterScope())
        {
            condition.Pulse();
        }

        AwaitWaiters(condition, 0);
    }

    [Fact]
    public async Task Who_comes_after_a_pulse_does_not_have_it_from_one_that_was_killed()
    {
        using ProcessCondition condition = new();
        await PulseAndKillAsync(condition, () =>
        {
            using (condition.Lock.EnterScope())
            {
                condition.Wait();
            }
        });

        using (condition.Lock.EnterScope())
        {
            Assert.False(condition.Wait(TimeSpan.FromMilliseconds(300)));
        }
    }

    [Fact]
    public async Task A_cancelled_wait_tells_that_the_lock_was_abandoned_meanwhile()
    {
        using ProcessCondition condition = new();
        using CancellationTokenSource cancel = new();
        Task<AbandonedMutexException> told = Task.Run(() =>
        {
            condition.Lock.Enter();
            AbandonedMutexException error = Assert.Throws<AbandonedMutexException>(() => condition.Wait(cancel.Token));
            condition.Lock.Exit();
            return error;
        });
        AwaitWaiters(condition, 1);
        Thread holder = new(() =>
        {
            condition.Lock.Enter();
            cancel.Cancel();
        });
        holder.Start();
        holder.Join();

        Assert.IsAssignableFrom<OperationCanceledException>((await told).InnerException);
        Assert.Equal(("ProcessCondition: 0 waiting", false), (condition.ToString(), condition.Lock.IsHeld));
    }

    [Fact]
    public async Task A_cancelled_wait_has_the_lock_again_and_passes_on_a_pulse_that_came_with_it()
    {
        using ProcessCondition condition = new();
        using CancellationTokenSource cancel = new();
        Task<bool> cancelled = Task.Run(() =>
        {
            condition.Lock.Enter();
            condition.Lock.Enter();
            try
            {
                condition.Wait(cancel.Token);
                return false;
            }
            catch (OperationCanceledException)
            {
                condition.Lock.Exit();
                bool isHeld = condition.Lock.IsHeldByCurrentThread;
                condition.Lock.Exit();
                return isHeld && !condition.Lock.IsHeldByCurrentThread;
            }
        });
        AwaitWaiters(condition, 1);
        await cancel.CancelAsync();
        Assert.True(await cancelled);
        Assert.Equal("ProcessCondition: 0 waiting", condition.ToString());
    }

    [Fact]
    public void Times_are_kept()
    {
        using ProcessCondition condition = new();
        using (condition.Lock.EnterScope())
        {
            Assert.False(condition.Wait(TimeSpan.FromMilliseconds(50)));
            Assert.False(condition.WaitFor(static () => false, TimeSpan.FromMilliseconds(50)));
            Assert.True(condition.WaitFor(static () => true, TimeSpan.Zero));
            Assert.True(condition.Lock.IsHeldByCurrentThread);
            Assert.Throws<ArgumentOutOfRangeException>(() => condition.Wait(TimeSpan.FromSeconds(-3)));
            Assert.True(condition.Lock.IsHeldByCurrentThread);
        }

        Assert.Equal("ProcessCondition: 0 waiting", condition.ToString());
    }

    [Fact]
    public void Without_the_lock_one_neither_waits_nor_pulses()
    {
        ProcessCondition condition = new();
        Assert.Throws<SynchronizationLockException>(() => condition.Wait());
        Assert.Throws<SynchronizationLockException>(condition.Pulse);
        Assert.Throws<SynchronizationLockException>(() => condition.WaitFor(static () => true));
        condition.Dispose();
        Assert.Throws<ObjectDisposedException>(condition.PulseAll);
        Assert.Throws<ObjectDisposedException>(() => condition.Lock.Enter());
        Assert.Throws<ArgumentNullException>(() => new ProcessCondition(null!));
    }

    /// <summary>Has a worker wait, and others in this process after it; pulses once, which is the worker's, and kills it before it can have the lock. Ends when one of the others has gone on.</summary>
    private static async Task PulseAndKillAsync(ProcessCondition condition, Action wait, params Action[] others)
    {
        using WorkerProcess worker = new(wait);
        worker.Start();
        AwaitWaiters(condition, 1);
        List<Task> waiting = [];
        foreach (Action other in others)
        {
            waiting.Add(Task.Factory.StartNew(other, TaskCreationOptions.LongRunning));
            AwaitWaiters(condition, waiting.Count + 1);
        }

        // In one method: the lock belongs to the thread.
        await Task.Run(() =>
        {
            using (condition.Lock.EnterScope())
            {
                condition.Pulse();
                worker.Kill();
                worker.Join();
            }
        });
        if (waiting.Count > 0)
        {
            await (await Task.WhenAny(waiting).WaitAsync(TimeSpan.FromSeconds(60)));
        }
    }

    private static void AwaitWaiters(ProcessCondition condition, int count) => Assert.True(Rendezvous.Await(() =>
    {
        using (condition.Lock.EnterScope())
        {
            return condition.WaiterCount == count;
        }
    }));
}
