using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>Workers that are replaced after some inputs. CPython: test_pool_worker_lifetime; loky: test_worker_lifetime.</summary>
public class WorkerLifetimeTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, null)]
    [InlineData(3, 1)]
    [InlineData(3, 5)]
    [InlineData(3, 20)]
    [InlineData(4, 2)]
    public void No_worker_does_more_inputs_than_it_may_whatever_the_chunks(int most, int? chunkSize)
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, MaxTasksPerWorker = most });
        (int, int Id)[] results = pool.Map(static x => (x, Environment.ProcessId), Enumerable.Range(0, 20), chunkSize);

        Assert.Equal(Enumerable.Range(0, 20), results.Select(static result => result.Item1));
        Assert.All(results.CountBy(static result => result.Id), worker => Assert.InRange(worker.Value, 1, most));
        Assert.Equal(2, pool.Processes);
    }

    [Fact]
    public void Inputs_of_several_calls_and_single_functions_count_together()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 1, MaxTasksPerWorker = 2 });
        int[] ids = [.. Enumerable.Range(0, 3).Select(_ => pool.Run(static () => Environment.ProcessId)), .. pool.Map(static _ => Environment.ProcessId, [1])];

        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal((ids[0], ids[2]), (ids[1], ids[3]));
    }

    [Fact]
    public void Replaced_workers_are_gone()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, MaxTasksPerWorker = 1 });
        int[] ids = pool.Map(static _ => Environment.ProcessId, Enumerable.Range(0, 6));

        // All but those that wait for the next call; and those have done nothing yet.
        Assert.True(Processes.AllEnd(ids), "Somebody has stayed.");
    }

    [Fact]
    public void What_is_captured_goes_to_the_new_ones_too()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, MaxTasksPerWorker = 2 });
        int[] offsets = [100, 200];

        Assert.Equal(Enumerable.Range(300, 10), pool.Map(x => x + offsets.Sum(), Enumerable.Range(0, 10), chunkSize: 3));
    }

    [Fact]
    public void Errors_and_deaths_are_told_by_workers_that_are_replaced()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, MaxTasksPerWorker = 1 });

        Assert.Equal(3, Assert.Throws<WorkerException>(() => pool.Map(static x => x == 3 ? throw new FormatException() : x, Enumerable.Range(0, 6))).InputIndex);
        Assert.Equal(3, Assert.Throws<WorkerDiedException>(() => pool.Map(static x => x == 3 ? DeathTests.Die("exit") : x, Enumerable.Range(0, 6))).InputIndex);
        Assert.Equal([1, 2, 3], pool.Map(static x => x, [1, 2, 3]));
    }

    // CPython: test_pool_worker_lifetime_early_close.
    [Fact]
    public async Task A_pool_that_is_disposed_of_while_workers_are_being_replaced_ends_every_call()
    {
        WorkerPool pool = new(new WorkerPoolOptions { Processes = 3, MaxTasksPerWorker = 1 });
        using SharedValue<int> begun = new();
        int Slow(int x)
        {
            begun.Increment();

            // All but the first of them never end: some are always under way.
            Thread.Sleep(x < 4 ? 20 : Timeout.Infinite);
            return x;
        }

        Task<int>[] calls = [.. Enumerable.Range(0, 12).Select(x => pool.RunAsync(() => Slow(x)))];
        Assert.True(Rendezvous.Await(() => begun.Value >= 4), "Nothing began.");
        await pool.DisposeAsync();

        await Task.WhenAll(calls).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(10));
        for (int i = 0; i < calls.Length; i++)
        {
            Assert.True(calls[i].IsCompletedSuccessfully || calls[i].Exception!.InnerException is ObjectDisposedException, $"{i}: {calls[i].Exception}");
        }

        Assert.Contains(calls, static call => call.IsFaulted);
    }

    [LauncherFact]
    public void A_replaced_worker_that_something_keeps_ends_with_the_pool()
    {
        int[] workers;
        using (WorkerPool pool = new(new WorkerPoolOptions { Processes = 1, MaxTasksPerWorker = 1 }))
        {
            workers = pool.Map(
                static _ =>
                {
                    new Thread(static () => Thread.Sleep(Timeout.Infinite)).Start();
                    return Environment.ProcessId;
                },
                [1, 2, 3],
                chunkSize: 1);
        }

        Assert.Equal(3, workers.Distinct().Count());
        Assert.DoesNotContain(workers, Processes.Exists);
    }
}
