using System.Diagnostics;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>The end of a pool: no worker is left, whatever it was doing. CPython: test_terminate, test_close, test_context.</summary>
public class DisposalTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_ends_idle_workers(bool asynchronously)
    {
        WorkerPool pool = new(2);
        int[] ids = pool.WorkerIds();
        await EndAsync(pool, asynchronously);

        Assert.True(Processes.AllEnd(ids), "A worker is still there.");
        pool.Dispose();
        await pool.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_ends_functions_that_never_end_and_fails_their_calls(bool asynchronously)
    {
        WorkerPool pool = new(2);
        using SharedArray<int> spinning = new(2);
        int Spin(int x)
        {
            spinning[x] = Environment.ProcessId;
            while (true)
            {
            }
        }

        Task<int[]> mapping = pool.MapAsync(Spin, [0, 1]);
        Assert.True(Rendezvous.Await(() => !spinning.Contains(0)), "They did not begin.");
        Task<int> waiting = pool.RunAsync(static () => 1);
        await EndAsync(pool, asynchronously);

        Assert.True(Processes.AllEnd(spinning), "A function still runs.");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => mapping);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public async Task Dispose_within_a_loop_over_a_stream_ends_the_loop()
    {
        WorkerPool pool = new(2);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            await foreach (int _ in pool.MapUnordered(
                static x =>
                {
                    Thread.Sleep(x > 0 ? 200 : 0);
                    return x;
                },
                Enumerable.Range(0, 100), chunkSize: 1))
            {
                pool.Dispose();
            }
        });
    }

    [Fact]
    public async Task Many_threads_may_dispose_at_once()
    {
        WorkerPool pool = new(2);
        int[] ids = pool.WorkerIds();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(pool.Dispose)));

        Assert.True(Processes.AllEnd(ids));
    }

    [Fact]
    public void Dispose_ends_what_functions_have_started()
    {
        WorkerPool pool = new(1);
        int grandchild = pool.Run(static () =>
        {
            using Process child = Programs.Sleep(1000);
            return child.Id;
        });
        Assert.True(Processes.Exists(grandchild));
        pool.Dispose();

        Assert.True(Processes.AllEnd([grandchild]), "It is still there.");
    }

    [Fact]
    public async Task A_pool_can_be_disposed_of_while_its_workers_start()
    {
        for (int i = 0; i < 5; i++)
        {
            WorkerPool pool = new(3);
            Task<int> running = pool.RunAsync(static () => 1);
            Thread.Sleep(i * 3);
            pool.Dispose();
            Exception? error = await Record.ExceptionAsync(() => running);

            Assert.True(error is null or ObjectDisposedException, $"{error}");
        }
    }

    private static async Task EndAsync(WorkerPool pool, bool asynchronously)
    {
        if (asynchronously)
        {
            await pool.DisposeAsync();
        }
        else
        {
            pool.Dispose();
        }
    }
}
