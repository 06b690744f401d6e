using System.Diagnostics;

namespace Multiprocessing.Tests.Synchronization;

public class ProcessEventTests
{
    [Fact]
    public async Task A_set_in_one_process_lets_those_that_wait_in_others_go_on()
    {
        using ProcessEvent go = new();
        using ProcessEvent arrived = new();
        Task<bool>[] waiting =
        [
            WorkerProcess.RunAsync(() =>
            {
                arrived.Set();
                go.Wait();
                return go.IsSet;
            }),
            Task.Run(() => go.Wait(Timeout.InfiniteTimeSpan)),
            go.WaitAsync(Timeout.InfiniteTimeSpan),
        ];
        await arrived.WaitAsync();
        Assert.All(waiting, static task => Assert.False(task.IsCompleted));
        await WorkerProcess.RunAsync(go.Set);

        Assert.All(await Task.WhenAll(waiting), Assert.True);
        Assert.Equal("ProcessEvent: set", go.ToString());
    }

    [Fact]
    public void It_stays_set_until_it_is_reset()
    {
        using ProcessEvent signal = new(initialState: true);
        signal.Wait();
        Assert.True(signal.Wait(TimeSpan.Zero));
        signal.Reset();
        Assert.False(signal.IsSet);
        Assert.False(signal.Wait(TimeSpan.Zero));
        signal.Set();
        signal.Set();
        signal.Wait();
        Assert.True(signal.IsSet);
    }

    [Fact]
    public async Task Times_are_kept_and_those_that_make_no_sense_are_refused()
    {
        using ProcessEvent signal = new();
        Stopwatch watch = Stopwatch.StartNew();
        Assert.False(signal.Wait(TimeSpan.FromMilliseconds(120)));
        Assert.InRange(watch.Elapsed.TotalMilliseconds, 119, 10_000);
        watch.Restart();
        Assert.False(await signal.WaitAsync(TimeSpan.FromMilliseconds(120)));
        Assert.InRange(watch.Elapsed.TotalMilliseconds, 119, 10_000);
        Assert.Throws<ArgumentOutOfRangeException>(() => signal.Wait(TimeSpan.FromSeconds(-5)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => signal.WaitAsync(TimeSpan.MaxValue));
    }

    [Fact]
    public async Task A_wait_can_be_cancelled_with_and_without_a_thread()
    {
        using ProcessEvent signal = new();
        using CancellationTokenSource cancel = new();
        Task blocking = Task.Run(() => signal.Wait(cancel.Token));
        Task waiting = signal.WaitAsync(cancel.Token);
        await Task.Delay(50);
        await cancel.CancelAsync();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocking);
        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        Assert.Throws<OperationCanceledException>(() => signal.Wait(cancel.Token));
    }

    [Fact]
    public async Task Dispose_ends_the_waiting_in_this_process_and_others_keep_it()
    {
        ProcessEvent signal = new();
        using ProcessEvent arrived = new(), go = new();
        Task<bool> other = WorkerProcess.RunAsync(() =>
        {
            arrived.Set();
            go.Wait();
            signal.Set();
            return signal.IsSet;
        });
        Task blocking = Task.Run(() => signal.Wait());
        Task waiting = signal.WaitAsync();
        arrived.Wait();
        await Task.Delay(50);
        signal.Dispose();
        signal.Dispose();

        ObjectDisposedException disposed = await Assert.ThrowsAsync<ObjectDisposedException>(() => blocking);
        Assert.Equal(typeof(ProcessEvent).FullName, disposed.ObjectName);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(signal.Set);
        Assert.Throws<ObjectDisposedException>(signal.Reset);
        Assert.Throws<ObjectDisposedException>(() => signal.IsSet);
        Assert.Throws<ObjectDisposedException>(() => signal.Wait());
        Assert.Equal("ProcessEvent: disposed", signal.ToString());
        go.Set();
        Assert.True(await other);
    }

    [Fact]
    public async Task Many_wait_at_once_on_many_events_and_no_pool_thread_is_blocked()
    {
        // More than the kernel waits for at once.
        ProcessEvent[] signals = [.. Enumerable.Range(0, 150).Select(static _ => new ProcessEvent())];
        Task[] waiting = [.. signals.SelectMany(static signal => Enumerable.Range(0, 5).Select(_ => signal.WaitAsync()))];
        int threads = Process.GetCurrentProcess().Threads.Count;
        Assert.True(threads < waiting.Length, $"{threads} threads for {waiting.Length} waits");
        await WorkerProcess.RunAsync(signals[70].Set);
        await Task.WhenAll(waiting[(70 * 5)..(71 * 5)]);
        Assert.Equal(5, waiting.Count(static task => task.IsCompleted));

        Array.ForEach(signals, static signal => signal.Set());
        await Task.WhenAll(waiting);
        Array.ForEach(signals, static signal => signal.Dispose());
    }

    [Fact]
    public async Task No_set_is_missed_however_fast_they_come()
    {
        const int rounds = 2_000;
        using ProcessEvent ping = new(), pong = new();
        Task<int> other = WorkerProcess.RunAsync(() =>
        {
            for (int i = 0; i < rounds; i++)
            {
                ping.Wait();
                ping.Reset();
                pong.Set();
            }

            return rounds;
        });
        for (int i = 0; i < rounds; i++)
        {
            ping.Set();
            if (i % 2 == 0)
            {
                pong.Wait();
            }
            else
            {
                await pong.WaitAsync();
            }

            pong.Reset();
        }

        Assert.Equal(rounds, await other);
    }
}
