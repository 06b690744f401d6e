using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>Pools that finish what they were given, and end then.</summary>
public class CompletionTests
{
    [Fact]
    public async Task What_was_given_is_finished_then_the_processes_end_by_themselves()
    {
        using SharedValue<int> exits = new();
        WorkerPool pool = new(2, () => AppDomain.CurrentDomain.ProcessExit += (_, _) => exits.Increment());
        int[] workers = pool.WorkerIds();
        static int Slow(int x)
        {
            Thread.Sleep(20);
            return x;
        }

        Task<int>[] single = [.. Enumerable.Range(0, 6).Select(x => pool.RunAsync(() => Slow(x)))];
        Task<int[]> map = pool.MapAsync(Slow, Enumerable.Range(0, 6));
        await using IAsyncEnumerator<int> stream = pool.MapOrdered(Slow, Enumerable.Range(0, 4), chunkSize: 1).GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        Task completion = pool.CompleteAsync();

        Assert.False(completion.IsCompleted);
        for (int x = 0; x < 4; x++)
        {
            Assert.Equal(x, stream.Current);
            Assert.Equal(x < 3, await stream.MoveNextAsync());
        }

        await stream.DisposeAsync();
        Assert.Equal(Enumerable.Range(0, 6), await Task.WhenAll(single));
        Assert.Equal(Enumerable.Range(0, 6), await map);
        await completion;
        Assert.DoesNotContain(workers, Processes.Exists);
        Assert.Equal(2, exits.Value);
    }

    [Fact]
    public async Task Nothing_more_is_taken()
    {
        using WorkerPool pool = new(1);
        using SharedValue<bool> go = new();
        IAsyncEnumerable<int> stream = pool.MapOrdered(static x => x, [1]);
        Task<bool> call = pool.RunAsync(() => Rendezvous.Await(() => go.Value));
        Task completion = pool.CompleteAsync();

        foreach (Func<Task> way in (Func<Task>[])
        [
            () => Task.Run(() => pool.Map(static x => x, [1])),
            () => pool.MapAsync(static x => x, [1]),
            () => Task.Run(() => pool.Run(static () => 1)),
            () => pool.RunAsync(static () => 1),
            async () => await pool.MapUnordered(static x => x, [1]).ToArrayAsync(),
            async () => await stream.ToArrayAsync(),
            () => pool.WaitUntilReadyAsync(),
        ])
        {
            InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(way);
            Assert.Contains("CompleteAsync", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }

        Assert.EndsWith(": finishing what it was given", pool.ToString(), StringComparison.Ordinal);
        go.Value = true;
        Assert.True(await call);
        await completion;
        await pool.CompleteAsync();
        Assert.EndsWith(": completed", pool.ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => pool.Run(static () => 1));
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Run(static () => 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.CompleteAsync());
    }

    [Fact]
    public async Task Who_stops_waiting_does_not_stop_the_end()
    {
        using WorkerPool pool = new(1);
        using SharedValue<bool> go = new();
        using CancellationTokenSource cancellation = new();
        int[] workers = pool.WorkerIds();
        Task<bool> call = pool.RunAsync(() => Rendezvous.Await(() => go.Value));
        Task completion = pool.CompleteAsync(cancellation.Token);
        await cancellation.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => completion);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        go.Value = true;
        Assert.True(await call);
        Assert.True(Processes.AllEnd(workers));
    }

    [Fact]
    public async Task To_dispose_of_it_meanwhile_ends_it_at_once()
    {
        WorkerPool pool = new(1);
        using SharedValue<bool> begun = new();
        Task call = pool.RunAsync(() =>
        {
            begun.Value = true;
            Thread.Sleep(Timeout.Infinite);
        });
        Assert.True(Rendezvous.Await(() => begun.Value), "It did not begin.");
        Task completion = pool.CompleteAsync();
        pool.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => completion);
    }

    [Fact]
    public async Task To_dispose_of_it_meanwhile_ends_it_though_nobody_reads_on()
    {
        WorkerPool pool = new(1);
        IAsyncEnumerator<int> left = pool.MapUnordered(static x => x, Enumerable.Range(0, 1_000_000)).GetAsyncEnumerator();
        Assert.True(await left.MoveNextAsync());
        Task completion = pool.CompleteAsync();
        Assert.False(completion.IsCompleted);
        pool.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => completion.WaitAsync(TimeSpan.FromSeconds(60)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            while (await left.MoveNextAsync())
            {
            }
        });
        await left.DisposeAsync();
    }

    [Fact]
    public async Task A_worker_that_dies_meanwhile_keeps_nothing_from_being_finished()
    {
        WorkerPool pool = new(1);
        Task bad = pool.RunAsync(static () =>
        {
            Thread.Sleep(50);
            Environment.Exit(3);
        });
        Task<int>[] good = [.. Enumerable.Range(0, 3).Select(x => pool.RunAsync(() => x))];
        Task<int> failing = pool.RunAsync(static int () => throw new FormatException());
        await pool.CompleteAsync();

        await Assert.ThrowsAsync<WorkerDiedException>(() => bad);
        Assert.Equal(Enumerable.Range(0, 3), await Task.WhenAll(good));
        await Assert.ThrowsAsync<WorkerException>(() => failing);
    }

    [Fact]
    public async Task A_pool_that_was_never_used_ends_when_its_initializers_have()
    {
        using SharedValue<int> initialized = new();
        WorkerPool pool = new(2, () =>
        {
            Thread.Sleep(50);
            initialized.Increment();
        });
        await pool.CompleteAsync();

        Assert.Equal(2, initialized.Value);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_or_refused_is_not_waited_for()
    {
        using WorkerPool pool = new(1);
        using FileStream stream = new(Path.GetTempFileName(), FileMode.Open, FileAccess.Read, FileShare.None, 1, FileOptions.DeleteOnClose);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.RunAsync(static () => 1, new CancellationToken(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.MapAsync(static x => x, [1], cancellationToken: new CancellationToken(canceled: true)));
        Assert.ThrowsAny<OperationCanceledException>(() => pool.Map(static x => x, [1], cancellationToken: new CancellationToken(canceled: true)));
        Assert.Throws<NotShippableException>(() => pool.Run(() => stream.Length));
        await Assert.ThrowsAsync<NotShippableException>(() => pool.RunAsync(() => stream.Length));
        await Assert.ThrowsAsync<NotShippableException>(() => pool.MapAsync(x => x + stream.Length, [1]));
        await Assert.ThrowsAsync<NotShippableException>(async () => await pool.MapOrdered(x => x + stream.Length, [1]).ToArrayAsync());

        await pool.CompleteAsync();
    }
}
