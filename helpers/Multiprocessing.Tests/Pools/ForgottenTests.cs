using System.Runtime.CompilerServices;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>Pools that nobody disposes of, as they are soon made in a notebook.</summary>
public class ForgottenTests
{
    [Fact]
    public void The_processes_of_one_that_is_collected_end()
    {
        int[] workers = Make();
        Assert.Equal(2, workers.Length);

        // Again and again: a thread that had to do with its last call may be about to let go of it.
        Assert.True(Rendezvous.Await(() =>
        {
            Collect();
            return !workers.Any(Processes.Exists);
        }));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static int[] Make()
        {
            WorkerPool pool = new(2);
            return [.. pool.Map(static _ => Environment.ProcessId, Enumerable.Range(0, 2), chunkSize: 1).Union(pool.Map(
                static _ =>
                {
                    Thread.Sleep(50);
                    return Environment.ProcessId;
                },
                Enumerable.Range(0, 8),
                chunkSize: 1))];
        }
    }

    [Fact]
    public async Task A_call_that_is_awaited_keeps_it()
    {
        Task<int> call = Make();
        while (!call.IsCompleted)
        {
            Collect();
            await Task.Delay(50);
        }

        Assert.Equal(7, await call);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Task<int> Make() => new WorkerPool(2).RunAsync(static () =>
        {
            Thread.Sleep(500);
            return 7;
        });
    }

    [Fact]
    public void A_call_that_is_waited_for_keeps_it()
    {
        using Timer collecting = new(static _ => Collect(), null, 0, 50);

        Assert.Equal([0, 1, 2, 3], new WorkerPool(2).Map(
            static x =>
            {
                Thread.Sleep(200);
                return x;
            },
            Enumerable.Range(0, 4)));
    }

    [Fact]
    public async Task Results_that_are_read_keep_it()
    {
        int read = 0;
        await foreach (int result in new WorkerPool(2).MapOrdered(
            static x =>
            {
                Thread.Sleep(20);
                return x;
            },
            Enumerable.Range(0, 40),
            chunkSize: 1))
        {
            Assert.Equal(read++, result);
            Collect();
        }

        Assert.Equal(40, read);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
