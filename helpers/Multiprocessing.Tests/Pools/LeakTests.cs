using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Pools;

/// <summary>Nothing is left of calls and pools. loky and CPython have tests for leaked processes, semaphores and files.</summary>
[Collection(nameof(StressTests))]
public class LeakTests(TestHost test) : IClassFixture<TestHost>
{
    [InspectedFact]
    public async Task Many_calls_leave_nothing()
    {
        using WorkerPool pool = new(test.Host, 2);
        byte[] data = new byte[100_000];
        await CallAsync(pool, data, 20);
        Footprint before = await Footprint.TakeAsync(test.Host);
        long memory = GC.GetTotalMemory(forceFullCollection: true);
        await CallAsync(pool, data, 400);

        await before.AssertNothingHasComeAsync();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, memory + 16_000_000);
        long inWorker = pool.Map(static _ => GC.GetTotalMemory(forceFullCollection: true), [1, 2], chunkSize: 1).Max();
        Assert.InRange(inWorker, 0, 16_000_000);
    }

    [InspectedFact]
    public async Task Many_pools_leave_nothing()
    {
        await UseAsync(2);
        Footprint before = await Footprint.TakeAsync(test.Host);
        List<WorkerPool> pools = await UseAsync(15);

        await before.AssertNothingHasComeAsync();
        GC.KeepAlive(pools);

        async Task<List<WorkerPool>> UseAsync(int count)
        {
            List<WorkerPool> pools = [];
            for (int i = 0; i < count; i++)
            {
                await using WorkerPool pool = new(test.Host, 2);
                pools.Add(pool);
                Assert.Equal(6, (await pool.MapAsync(static x => x, [1, 2, 3])).Sum());
            }

            return pools;
        }
    }

    [InspectedTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_of_a_pool_is_left_that_was_disposed_of(bool wasUsed)
    {
        // What the host itself holds is there from its first worker on.
        await test.RunAsync(static () => { });
        Footprint before = await Footprint.TakeAsync(test.Host);
        WorkerPool pool = new(test.Host, 2);
        if (wasUsed)
        {
            pool.AssertUsable();
        }

        pool.Dispose();

        await before.AssertNothingHasComeAsync();
        GC.KeepAlive(pool);
    }

    [InspectedFact]
    public async Task Calls_that_are_cancelled_broken_off_or_fail_leave_nothing()
    {
        using WorkerPool pool = new(test.Host, 2);
        await FailAsync(pool, 2);

        // The successors of those that have ended are part of what is there.
        pool.AssertUsable();
        Footprint before = await Footprint.TakeAsync(test.Host);
        await FailAsync(pool, 15);

        await before.AssertNothingHasComeAsync();
        pool.AssertUsable();
    }

    // CPython: test_release_task_refs.
    [Fact]
    public async Task Neither_inputs_nor_results_nor_functions_are_kept_by_the_pool()
    {
        using WorkerPool pool = new(test.Host, 2);
        WeakReference[] used = await Task.Run(() => Use(pool));
        for (int i = 0; i < 50 && used.Any(static reference => reference.IsAlive); i++)
        {
            await Task.Delay(20);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.All(used, static reference => Assert.False(reference.IsAlive, "The pool keeps it."));
    }

    private static WeakReference[] Use(WorkerPool pool)
    {
        object[] inputs = [new List<int> { 1 }, new List<int> { 2 }];
        int[] captured = new int[100];
        object[] results = pool.Map(input => new List<int>(captured), inputs);
        return [.. inputs.Concat(results).Append(captured).Select(static used => new WeakReference(used))];
    }

    private static async Task CallAsync(WorkerPool pool, byte[] data, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            Assert.Equal(100_000, pool.Run(() => data.Length));
            Assert.Equal(20, pool.Map(x => x + data.Length, Enumerable.Range(0, 20)).Length);
            await pool.MapUnordered(static x => new byte[x], Enumerable.Range(1000, 5)).ToArrayAsync();
            await pool.RunAsync(static () => { });
        }
    }

    private static async Task FailAsync(WorkerPool pool, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(20));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.MapAsync(Sleep, Enumerable.Range(0, 10), cancellationToken: soon.Token));
            await foreach (int _ in pool.MapUnordered(static x => x, Enumerable.Range(0, 1000), chunkSize: 10))
            {
                break;
            }

            Assert.Throws<WorkerException>(() => pool.Map(static x => x == 1 ? throw new FormatException() : x, [0, 1]));
            Assert.Throws<WorkerDiedException>(() => pool.Run(static () => Environment.Exit(1)));
        }

        static int Sleep(int x)
        {
            Thread.Sleep(Timeout.Infinite);
            return x;
        }
    }
}
