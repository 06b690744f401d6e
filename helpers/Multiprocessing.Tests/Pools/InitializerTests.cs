using Multiprocessing.Tests.Memory;
using Multiprocessing.Tests.Workers;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>What a worker does before its first input.</summary>
public class InitializerTests
{
    private static int s_state;

    [Fact]
    public void It_runs_once_in_each_worker_before_its_first_input()
    {
        using SharedValue<int> runs = new();
        int captured = 40;
        using WorkerPool pool = new(2, () =>
        {
            runs.Increment();
            s_state = captured + 2;
        });

        Assert.All(pool.Map(static _ => s_state, Enumerable.Range(0, 200)), static state => Assert.Equal(42, state));
        pool.AssertUsable();
        Assert.Equal(42, pool.Run(static () => s_state));
        Assert.Equal(2, runs.Value);
        Assert.Equal(0, s_state);
    }

    [Fact]
    public void It_runs_in_replaced_workers_too()
    {
        using WorkerPool pool = new(2, static () => s_state = 7);
        Assert.Throws<WorkerDiedException>(() => pool.Map(static x => DeathTests.Die("kill"), [1, 2], chunkSize: 1));
        Processes.Kill(pool.WorkerIds()[0]);
        pool.AssertUsable();

        Assert.All(pool.Map(static _ => s_state, Enumerable.Range(0, 20)), static state => Assert.Equal(7, state));

        using WorkerPool shortLived = new(new WorkerPoolOptions { Processes = 2, Initializer = static () => s_state = 8, MaxTasksPerWorker = 2 });
        Assert.All(shortLived.Map(static _ => s_state, Enumerable.Range(0, 8)), static state => Assert.Equal(8, state));
    }

    [Fact]
    public void One_that_cannot_be_sent_any_more_is_not_tried_for_ever()
    {
        using CountedObject shared = new() { MostUsers = 2 };
        using WorkerPool pool = new(2, () => GC.KeepAlive(shared));
        Processes.Kill(pool.WorkerIds()[0]);
        int[] results = pool.Map(
            static x =>
            {
                Thread.Sleep(20);
                return x;
            },
            Enumerable.Range(0, 30),
            chunkSize: 1);

        Assert.Equal(Enumerable.Range(0, 30), results);
        Assert.True(Rendezvous.Await(() => shared.Told.Contains("refused", StringComparison.Ordinal)), shared.Told);
        Assert.InRange(shared.Told.Split(", ").Count(static told => told == "refused"), 1, 5);
    }

    [Fact]
    public async Task It_does_not_run_for_each_call()
    {
        using SharedValue<int> runs = new();
        using WorkerPool pool = new(1, () => { runs.Increment(); });
        for (int i = 0; i < 5; i++)
        {
            await pool.MapAsync(static x => x, Enumerable.Range(0, 5));
        }

        Assert.Equal(1, runs.Value);
    }

    // CPython: a pool whose initializer fails starts one worker after another for ever (bpo-15978); concurrent.futures and loky: test_initializer.
    [Fact]
    public async Task One_that_throws_fails_the_calls_and_is_not_tried_for_ever()
    {
        using SharedValue<int> runs = new();
        using WorkerPool pool = new(2, () =>
        {
            runs.Increment();
            throw new InvalidOperationException("no data set");
        });

        WorkerException error = Assert.Throws<WorkerException>(() => pool.Map(static x => x, Enumerable.Range(0, 100), chunkSize: 1));
        Assert.Contains("initializer", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("no data set", error.ToString(), StringComparison.Ordinal);
        Assert.Null(error.InputIndex);
        await Assert.ThrowsAsync<WorkerException>(() => pool.RunAsync(static () => 1));
        await Assert.ThrowsAsync<WorkerException>(async () => await pool.MapUnordered(static x => x, [1, 2, 3]).ToArrayAsync());
        await AssertIsNotTriedForEverAsync(pool, runs);
    }

    [Fact]
    public async Task One_that_ends_its_worker_fails_the_calls_and_is_not_tried_for_ever()
    {
        using SharedValue<int> runs = new();
        using WorkerPool pool = new(2, () =>
        {
            runs.Increment();
            Environment.Exit(4);
        });

        Assert.Equal(4, Assert.Throws<WorkerDiedException>(() => pool.Map(static x => x, Enumerable.Range(0, 100), chunkSize: 1)).ExitCode);
        await Assert.ThrowsAsync<WorkerDiedException>(() => pool.RunAsync(static () => 1));
        await AssertIsNotTriedForEverAsync(pool, runs);
    }

    [Fact]
    public void One_that_cannot_be_sent_is_refused()
    {
        Stream log = Stream.Null;
        NotShippableException refusal = Assert.Throws<NotShippableException>(() =>
        {
            using WorkerPool pool = new(1, () => log.Flush());
            pool.Run(static () => 1);
        });

        Assert.Contains("log", refusal.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_one_can_be_cancelled()
    {
        using WorkerPool pool = new(1, static () => Thread.Sleep(Timeout.Infinite));
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.RunAsync(static () => 1, soon.Token));
    }

    private static async Task AssertIsNotTriedForEverAsync(WorkerPool pool, SharedValue<int> runs)
    {
        // The last that were started for a call may still be on their way.
        int after;
        do
        {
            Assert.True(Rendezvous.Await(() => !IsAlive(pool)), "There is always another one.");
            after = runs.Value;

            // Each of two calls gives up at the third worker that has ended, and by then as many others may have.
            Assert.InRange(after, 1, 12);
            await Task.Delay(500);
        }
        while (IsAlive(pool) || runs.Value != after);
    }

    private static bool IsAlive(WorkerPool pool) => WorkerHost.Default.Live.List().Any(worker => worker.Name.StartsWith($"{pool.Name}.", StringComparison.Ordinal));
}
