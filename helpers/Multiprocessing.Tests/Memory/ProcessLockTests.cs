using System.Diagnostics;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Memory;

public class ProcessLockTests
{
    [Fact]
    public async Task It_keeps_two_processes_and_the_threads_of_each_out_of_each_other_s_way()
    {
        const int times = 100_000;
        using ProcessLock gate = new();
        using SharedArray<int> plain = new(1);
        void Add()
        {
            for (int i = 0; i < times; i++)
            {
                using (gate.EnterScope())
                {
                    plain[0] = plain[0] + 1;
                }
            }
        }

        void AddOnTwoThreads() => Task.WaitAll(Task.Run(Add), Task.Run(Add));

        await Task.WhenAll(WorkerProcess.RunAsync(AddOnTwoThreads), WorkerProcess.RunAsync(Add), Task.Run(Add));

        Assert.Equal(4 * times, plain[0]);
        Assert.Equal("ProcessLock: free", gate.ToString());
    }

    [Fact]
    public async Task The_lock_of_an_array_is_the_same_lock_in_every_process()
    {
        using SharedArray<int> shared = new(1);
        using (shared.Lock.EnterScope())
        {
            // Not awaited: the lock belongs to this thread.
            using WorkerProcess worker = new(() => shared[0] = shared.Lock.TryEnter() || shared.Lock.TryEnter(TimeSpan.FromMilliseconds(50)) ? 1 : 2);
            worker.Start();
            worker.Join();
            Assert.Equal(2, shared[0]);
        }

        Assert.True(await WorkerProcess.RunAsync(() =>
        {
            using (shared.Lock.EnterScope())
            {
                return shared.Lock.IsHeldByCurrentThread;
            }
        }));
    }

    [Fact]
    public void The_thread_that_has_it_enters_again_and_exits_as_often()
    {
        using ProcessLock gate = new();
        Assert.False(gate.IsHeldByCurrentThread);
        gate.Enter();
        Assert.True(gate.TryEnter());
        using (gate.EnterScope())
        {
            Assert.Equal("ProcessLock: held by this thread", gate.ToString());
        }

        gate.Exit();
        Assert.False(OnAnotherThread(() => gate.TryEnter()));
        gate.Exit();
        Assert.False(gate.IsHeldByCurrentThread);
        Assert.True(OnAnotherThread(() =>
        {
            bool entered = gate.TryEnter();
            gate.Exit();
            return entered;
        }));
    }

    [Fact]
    public void Exit_without_enter_is_an_error()
    {
        using ProcessLock gate = new();
        Assert.Throws<SynchronizationLockException>(gate.Exit);
        using (gate.EnterScope())
        {
            Assert.True(OnAnotherThread(() => Assert.Throws<SynchronizationLockException>(gate.Exit) is not null));
        }
    }

    [Fact]
    public void Times_that_make_no_sense_are_refused_and_times_are_kept()
    {
        using ProcessLock gate = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => gate.TryEnter(TimeSpan.FromSeconds(-5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => gate.TryEnter(TimeSpan.MaxValue));
        Assert.False(gate.IsHeldByCurrentThread);
        using (gate.EnterScope())
        {
            Assert.True(OnAnotherThread(() => Assert.Throws<ArgumentOutOfRangeException>(() => gate.TryEnter(TimeSpan.FromSeconds(-2))) is not null));
            Stopwatch watch = Stopwatch.StartNew();
            Assert.False(OnAnotherThread(() => gate.TryEnter(TimeSpan.FromMilliseconds(200))));
            Assert.InRange(watch.Elapsed.TotalMilliseconds, 199, 10_000);
        }
    }

    [Fact]
    public async Task One_that_waits_goes_on_soon_after_the_exit()
    {
        using ProcessLock gate = new();
        using SharedValue<long> entered = new();
        using SharedValue<bool> waits = new();
        long exited = 0;
        using WorkerProcess worker = new(() =>
        {
            waits.Value = true;
            using (gate.EnterScope())
            {
                entered.Value = Stopwatch.GetTimestamp();
            }
        });
        await Task.Run(() =>
        {
            using (gate.EnterScope())
            {
                worker.Start();
                while (!waits.Value)
                {
                    Thread.Sleep(1);
                }

                Thread.Sleep(100);
                exited = Stopwatch.GetTimestamp();
            }
        });
        worker.Join();

        Assert.InRange(Stopwatch.GetElapsedTime(exited, entered.Value).TotalMilliseconds, 0, 10_000);
    }

    [Fact]
    public void Who_is_cancelled_does_not_enter()
    {
        using ProcessLock gate = new();
        using CancellationTokenSource cancellation = new();
        CancellationToken token = cancellation.Token;
        bool Ends(Action wait) => Assert.ThrowsAny<OperationCanceledException>(wait).CancellationToken == token && !gate.IsHeldByCurrentThread;
        using (gate.EnterScope(token))
        {
            Task<bool>[] waiting =
            [
                Task.Run(() => Ends(() => gate.Enter(token))),
                Task.Run(() => Ends(() => gate.TryEnter(Timeout.InfiniteTimeSpan, token))),
                Task.Run(() => Ends(() => gate.EnterScope(token).Dispose())),
            ];
            Thread.Sleep(100);
            Assert.DoesNotContain(waiting, static wait => wait.IsCompleted);
            cancellation.Cancel();
            Assert.True(Task.WaitAll(waiting, TimeSpan.FromSeconds(60)));
            Assert.All(waiting, static wait => Assert.True(wait.Result));
        }

        Assert.True(Ends(() => gate.Enter(token)));
        Assert.Equal("ProcessLock: free", gate.ToString());
    }

    [Fact]
    public async Task When_its_holder_is_killed_the_next_one_gets_it_and_is_told_once()
    {
        using ProcessLock gate = new();
        using SharedValue<bool> held = new();
        using WorkerProcess holder = new(() =>
        {
            gate.Enter();
            gate.Enter();
            held.Value = true;
            Thread.Sleep(Timeout.Infinite);
        });
        holder.Start();
        while (!held.Value)
        {
            await Task.Delay(1);
        }

        using SharedValue<int> told = new();
        using SharedValue<int> entered = new();
        using SharedValue<long> first = new();
        void Wait()
        {
            try
            {
                gate.Enter();
            }
            catch (AbandonedMutexException)
            {
                first.Value = Stopwatch.GetTimestamp();
                told.Increment();
            }

            entered.Increment();
            Assert.True(gate.IsHeldByCurrentThread);
            gate.Exit();
        }

        Task[] waiters = [Task.Run(Wait), Task.Run(Wait), WorkerProcess.RunAsync(Wait)];
        await Task.Delay(300);
        Assert.Equal(0, entered.Value);
        long killed = Stopwatch.GetTimestamp();
        Processes.Kill(holder.Id);
        await Task.WhenAll(waiters);

        Assert.Equal((1, 3), (told.Value, entered.Value));
        Assert.InRange(Stopwatch.GetElapsedTime(killed, first.Value).TotalMilliseconds, 0, 10_000);
        Assert.Equal("ProcessLock: free", gate.ToString());
    }

    [LauncherFact]
    public void When_its_holder_s_thread_ends_the_next_one_gets_it_and_is_told_once()
    {
        using ProcessLock gate = new();
        OnAnotherThread(() => gate.TryEnter());

        // Not without waiting: the thread is joined a moment before the kernel has cleared it away.
        Assert.Throws<AbandonedMutexException>(() => gate.Enter());
        Assert.True(gate.IsHeldByCurrentThread);
        gate.Exit();
        gate.Enter();
        gate.Exit();
    }

    [Fact]
    public async Task A_worker_that_ends_without_an_exit_gives_it_up()
    {
        using ProcessLock gate = new();
        await WorkerProcess.RunAsync(() => gate.Enter());

        // Not at once: the process ends in the background.
        Assert.Throws<AbandonedMutexException>(() => gate.Enter());
        gate.Exit();
    }

    [Fact]
    public async Task Dispose_ends_the_waiting_of_others_in_this_process()
    {
        ProcessLock gate = new();
        Task waiting = null!;
        await Task.Run(() =>
        {
            gate.Enter();
            waiting = Task.Run(() => gate.Enter());
            Thread.Sleep(50);
            gate.Dispose();
            Thread.Sleep(100);
            gate.Exit();
        });
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Equal("ProcessLock: disposed", gate.ToString());
    }

    private static T OnAnotherThread<T>(Func<T> function)
    {
        T result = default!;
        Thread thread = new(() => result = function());
        thread.Start();
        thread.Join();
        return result;
    }
}
