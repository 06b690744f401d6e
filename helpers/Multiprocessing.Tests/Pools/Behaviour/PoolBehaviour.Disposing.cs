namespace Multiprocessing.Tests.Pools.Behaviour;

/// <content>The end of a pool.</content>
public abstract partial class PoolBehaviour
{
    [Fact]
    public async Task After_dispose_every_use_is_an_error()
    {
        IPool pool = Create(1);
        Assert.Equal([2], pool.Map(static x => x + 1, [1]));
        pool.Dispose();
        pool.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pool.Map(static x => x, [1]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.MapAsync(static x => x, [1]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pool.MapOrdered(static x => x, [1]).ToArrayAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pool.MapUnordered(static x => x, [1]).ToArrayAsync());
        Assert.Throws<ObjectDisposedException>(() => pool.MapReduce(static x => x, static (a, b) => a + b, [1]));
        Assert.Throws<ObjectDisposedException>(() => pool.ForEach(static _ => { }, [1]));
        Assert.Throws<ObjectDisposedException>(() => pool.Run(static () => 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.RunAsync(static () => { }));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.MapAsync(static x => x, Array.Empty<int>()));
    }

    // CPython: test_terminate.
    [Fact]
    public async Task Dispose_fails_the_calls_that_run()
    {
        IPool pool = Create(2);
        using SharedValue<int> begun = new();
        int Slow(int x)
        {
            begun.Increment();
            Thread.Sleep(20);
            return x;
        }

        IEnumerable<int> inputs = Enumerable.Range(0, 5000);
        Task[] calls =
        [
            pool.MapAsync(Slow, inputs),
            Task.Run(() => pool.Map(Slow, inputs)),
            Task.Run(async () => await pool.MapOrdered(Slow, inputs).ToArrayAsync()),
            Task.Run(async () => await pool.MapUnordered(Slow, inputs).ToArrayAsync()),
        ];
        Assert.True(Rendezvous.Await(() => begun.Value >= 8), "Nothing began.");
        await Task.Delay(100);
        pool.Dispose();

        foreach (Task call in calls)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
        }

        Assert.InRange(begun.Value, 8, 10_000);
    }

    [Fact]
    public void A_pool_that_was_never_used_is_disposed_of()
    {
        IPool pool = Create(3);
        pool.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pool.Run(static () => 1));
    }
}
