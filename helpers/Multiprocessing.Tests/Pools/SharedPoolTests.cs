using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>The pool that belongs to the whole program, and workers that end when there is nothing to do. loky: get_reusable_executor.</summary>
public class SharedPoolTests
{
    [Fact]
    public void It_is_the_same_one_whoever_asks_first()
    {
        using TestHost test = new();
        WorkerPool[] seen = new WorkerPool[8];
        Parallel.For(0, seen.Length, i => seen[i] = WorkerPool.SharedOf(test.Host));

        Assert.All(seen, pool => Assert.Same(seen[0], pool));
        Assert.Same(WorkerPool.Shared, WorkerPool.Shared);
        Assert.Equal(Environment.ProcessorCount, WorkerPool.Shared.Processes);
        Assert.StartsWith("Shared: ", WorkerPool.Shared.ToString(), StringComparison.Ordinal);
        Assert.Equal([1, 4, 9], WorkerPool.Shared.Map(static x => x * x, [1, 2, 3]));
    }

    [Fact]
    public async Task Nobody_ends_it()
    {
        using TestHost test = new();
        WorkerPool shared = WorkerPool.SharedOf(test.Host);
        foreach (InvalidOperationException error in (InvalidOperationException[])
        [
            Assert.Throws<InvalidOperationException>(shared.Dispose),
            await Assert.ThrowsAsync<InvalidOperationException>(() => shared.DisposeAsync().AsTask()),
            await Assert.ThrowsAsync<InvalidOperationException>(() => shared.CompleteAsync()),
        ])
        {
            Assert.StartsWith("WorkerPool.Shared belongs to the whole program", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }

        shared.AssertUsable();
    }

    [Fact]
    public void A_function_that_asks_for_it_has_one_of_its_own()
    {
        using WorkerPool pool = new(1);

        (int Worker, int Inner) ids = pool.Run(static () => (Environment.ProcessId, WorkerPool.Shared.Run(static () => Environment.ProcessId)));
        Assert.NotEqual(ids.Worker, ids.Inner);
        Assert.True(Processes.Exists(ids.Worker));
    }

    [Fact]
    public void Workers_that_have_nothing_to_do_end_and_come_again()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, IdleTimeout = TimeSpan.FromMilliseconds(100) });
        using SharedValue<int> exits = new();
        int[] first = pool.WorkerIds();
        pool.Run(() => AppDomain.CurrentDomain.ProcessExit += (_, _) => exits.Increment());
        Assert.True(Processes.AllEnd(first), "Somebody has stayed.");

        // By itself, and not killed.
        Assert.Equal(1, exits.Value);
        int[] second = pool.WorkerIds();
        Assert.Empty(second.Intersect(first));
        Assert.Equal([1, 2], pool.Map(static x => x, [1, 2]));
    }

    [Fact]
    public async Task None_ends_while_there_is_a_call()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, IdleTimeout = TimeSpan.FromMilliseconds(30) });
        using SharedValue<bool> go = new();
        int[] first = pool.WorkerIds();
        Task<bool> call = pool.RunAsync(() => Rendezvous.Await(() => go.Value));
        await Task.Delay(200);
        int[] during = [.. first.Where(Processes.Exists)];
        go.Value = true;

        Assert.True(await call);

        // They may have ended between the two calls, all or none.
        Assert.Contains(during.Length, (int[])[0, 2]);
    }

    [Fact]
    public void Many_calls_with_pauses_between_lose_nothing()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, IdleTimeout = TimeSpan.FromMilliseconds(5) });
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal([i, i + 1, i + 2], pool.Map(static x => x, [i, i + 1, i + 2]));
            Thread.Sleep(i % 10);
        }
    }

    [Fact]
    public void A_pool_that_was_never_used_ends_its_workers_too()
    {
        using TestHost test = new();
        using WorkerPool pool = new(test.Host, new WorkerPoolOptions { Processes = 2, IdleTimeout = TimeSpan.FromMilliseconds(50) });

        Assert.True(Rendezvous.Await(() => test.Host.Live.List().Count == 0), "Somebody has stayed.");
        Assert.Equal(2, pool.Processes);
        pool.AssertUsable();
    }
}
