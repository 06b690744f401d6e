using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>The wait for the workers of a pool.</summary>
public class ReadinessTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_it_is_over_each_worker_has_started_and_run_the_initializer(bool asynchronously)
    {
        using SharedArray<int> ready = new(3);
        using SharedValue<int> count = new();
        using WorkerPool pool = new(3, () => ready[count.Increment() - 1] = Environment.ProcessId);
        await WaitAsync(pool, asynchronously);

        Assert.Equal(ready.Order(), pool.WorkerIds().Order());
    }

    [Fact]
    public async Task It_is_not_over_before_the_last_worker_is_ready()
    {
        using SharedValue<int> begun = new();
        using SharedValue<bool> mayEnd = new();
        using WorkerPool pool = new(2, () =>
        {
            if (begun.Increment() == 2)
            {
                Rendezvous.Await(() => mayEnd.Value);
            }
        });
        Task wait = pool.WaitUntilReadyAsync();
        Assert.True(Rendezvous.Await(() => begun.Value == 2));
        Assert.NotSame(wait, await Task.WhenAny(wait, Task.Delay(100)));

        mayEnd.Value = true;
        await wait;
    }

    [Fact]
    public async Task It_may_be_repeated_and_by_many_threads_at_once()
    {
        using SharedValue<int> runs = new();
        using WorkerPool pool = new(2, () => { runs.Increment(); });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => WaitAsync(pool, asynchronously: i % 2 == 0)));
        pool.WaitUntilReady();
        await pool.WaitUntilReadyAsync();

        Assert.Equal(2, runs.Value);
        pool.AssertUsable();
    }

    [Fact]
    public async Task It_does_not_wait_for_functions_that_run()
    {
        using SharedValue<bool> mayEnd = new();
        using WorkerPool pool = new(2);
        Task<bool[]> work = pool.MapAsync(_ => Rendezvous.Await(() => mayEnd.Value), [1, 2, 3, 4], chunkSize: 1);
        await pool.WaitUntilReadyAsync();
        pool.WaitUntilReady();
        Assert.False(work.IsCompleted);

        mayEnd.Value = true;
        Assert.DoesNotContain(false, await work);
    }

    [Fact]
    public async Task It_is_over_in_a_pool_whose_workers_come_and_go()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, MaxTasksPerWorker = 1 });
        Task<int[]> work = pool.MapAsync(static x => x, Enumerable.Range(0, 40));
        for (int i = 0; i < 10; i++)
        {
            await pool.WaitUntilReadyAsync();
        }

        Assert.Equal(40, (await work).Length);
    }

    [LauncherFact]
    public void It_is_a_wait_for_the_successor_of_a_worker_that_was_killed()
    {
        using WorkerPool pool = new(2);
        int[] before = pool.WorkerIds();
        Processes.Kill(before[0]);
        Assert.True(Processes.AllEnd(before[..1]));
        pool.WaitUntilReady();

        Assert.DoesNotContain(before[0], pool.WorkerIds());
    }

    [Fact]
    public void What_an_initializer_prints_is_shown_by_then()
    {
        using TestHost test = new();
        using TestCell cell = test.BeginCell();
        using WorkerPool pool = new(test.Host, 2, static () => Console.WriteLine("data set read"));
        pool.WaitUntilReady();

        Assert.Equal("data set read\ndata set read\n", cell.Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_initializer_that_throws_fails_it_each_time_and_is_not_tried_for_ever(bool asynchronously)
    {
        using SharedValue<int> runs = new();
        using WorkerPool pool = new(2, () =>
        {
            runs.Increment();
            throw new InvalidOperationException("no data set");
        });
        for (int i = 0; i < 3; i++)
        {
            WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WaitAsync(pool, asynchronously));
            Assert.Contains("initializer", error.Message, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("no data set", error.ToString(), StringComparison.Ordinal);
        }

        Assert.InRange(runs.Value, 1, 8);
    }

    [Fact]
    public void A_worker_that_ends_as_it_starts_fails_it()
    {
        using WorkerPool pool = new(2, static () => Environment.Exit(4));

        Assert.Equal(4, Assert.Throws<WorkerDiedException>(() => pool.WaitUntilReady()).ExitCode);
        Assert.Equal(4, Assert.Throws<WorkerDiedException>(() => pool.WaitUntilReady()).ExitCode);
    }

    [Fact]
    public async Task A_worker_that_is_killed_as_it_starts_fails_it_and_the_next_one_is_better()
    {
        using SharedValue<int> first = new();
        using WorkerPool pool = new(1, () =>
        {
            if (first.Value == 0)
            {
                first.Value = Environment.ProcessId;
                Thread.Sleep(Timeout.Infinite);
            }
        });
        Task wait = pool.WaitUntilReadyAsync();
        Assert.True(Rendezvous.Await(() => first.Value != 0));
        Processes.Kill(first.Value);

        await Assert.ThrowsAsync<WorkerDiedException>(() => wait);
        pool.WaitUntilReady();
        Assert.Equal(1, pool.Run(static () => 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposing_of_the_pool_ends_it(bool asynchronously)
    {
        WorkerPool pool = new(2, static () => Thread.Sleep(Timeout.Infinite));
        Task wait = Task.Run(() => WaitAsync(pool, asynchronously));
        Assert.NotSame(wait, await Task.WhenAny(wait, Task.Delay(100)));
        pool.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => wait);
        Assert.Throws<ObjectDisposedException>(() => pool.WaitUntilReady());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.WaitUntilReadyAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_ends_the_wait_and_not_the_workers(bool asynchronously)
    {
        using SharedValue<int> runs = new();
        using SharedValue<bool> mayEnd = new();
        using WorkerPool pool = new(1, () =>
        {
            runs.Increment();
            Rendezvous.Await(() => mayEnd.Value);
        });
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WaitAsync(pool, asynchronously, soon.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WaitAsync(pool, asynchronously, soon.Token));

        mayEnd.Value = true;
        pool.WaitUntilReady();
        Assert.Equal(1, runs.Value);
    }

    private static async Task WaitAsync(WorkerPool pool, bool asynchronously, CancellationToken cancellationToken = default)
    {
        if (asynchronously)
        {
            await pool.WaitUntilReadyAsync(cancellationToken);
        }
        else
        {
            await Task.Yield();
            pool.WaitUntilReady(cancellationToken);
        }
    }
}
