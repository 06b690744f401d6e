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
    public async Task Those_that_are_forgotten_one_after_the_other_leave_no_process()
    {
        for (int round = 0; round < 8; round++)
        {
            int[] workers = await Use(round);

            // Else what follows would run on the stack of what has just ended, where the pool is still to be found.
            await Task.Yield();
            Assert.True(
                Rendezvous.Await(() =>
                {
                    Collect();
                    return !workers.Any(Processes.Exists);
                }),
                $"Those of round {round} have stayed.");
        }

        // Whatever has been done with them.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task<int[]> Use(int round)
        {
            WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, IdleTimeout = round == 5 ? TimeSpan.FromHours(1) : null });
            int[] ids = pool.WorkerIds();
            switch (round)
            {
                case 0:
                    await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => pool.RunAsync(static () => Thread.Sleep(1))));
                    break;
                case 1:
                    await foreach (int result in pool.MapUnordered(static x => x, Enumerable.Range(0, 1000)))
                    {
                        if (result == 10)
                        {
                            break;
                        }
                    }

                    break;
                case 2:
                    using (CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(20)))
                    {
                        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.RunAsync(static token => { token.WaitHandle.WaitOne(); }, cancellation.Token));
                    }

                    break;
                case 3:
                    Assert.Throws<WorkerException>(() => pool.Map(static x => x == 3 ? throw new FormatException() : x, [1, 2, 3]));
                    break;
                case 4:
                    await pool.WaitUntilReadyAsync();
                    break;
                case 6:
                    Assert.Equal([1, 2], (await pool.MapAsync(static x => x, [1, 2])).AsEnumerable());
                    break;
                case 7:
                    Assert.Equal(3, await pool.MapOrdered(static x => x, Enumerable.Range(0, 3).Where(static _ => true)).CountAsync());
                    break;
            }

            return ids;
        }
    }

    [Fact]
    public void What_its_initializer_has_captured_goes_with_it()
    {
        WeakReference captured = Make();
        Assert.True(Rendezvous.Await(() =>
        {
            Collect();
            return !captured.IsAlive;
        }));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Make()
        {
            int[] data = new int[1000];
            new WorkerPool(1, () => data[0]++).Run(static () => { });
            return new WeakReference(data);
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
