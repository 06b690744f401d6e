using System.Diagnostics;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>Workers that are killed at random moments. loky: test_crash_races.</summary>
[Collection(nameof(StressTests))]
[CollectionDefinition(nameof(StressTests), DisableParallelization = true)]
public class StressTests
{
    private const int FewestMaps = 100;
    private const int FewestKills = 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [InspectedFact(IsLong = true)]
    public async Task A_thousand_maps_whose_workers_are_killed_give_results_or_say_so_and_leave_nothing()
    {
        using TestHost test = new();
        using WorkerPool pool = new(test.Host, 2);
        pool.AssertUsable();
        Footprint before = await Footprint.TakeAsync(test.Host);
        (int maps, int deaths, int kills) = await Task.Run(() => MapAndKill(pool, 1000));

        Assert.InRange(maps, FewestMaps, 1000);
        Assert.InRange(kills, FewestKills, int.MaxValue);
        Assert.InRange(deaths, 1, kills);
        await before.AssertNothingHasComeAsync();
    }

    [LauncherFact(IsLong = true)]
    public async Task Streams_whose_workers_are_killed_give_every_other_result()
    {
        Random random = new(11);
        Stopwatch watch = Stopwatch.StartNew();
        using WorkerPool pool = new(2);
        int failed = 0;
        for (int round = 0; round < 60 && (watch.Elapsed < TimeSpan.FromSeconds(8) || failed == 0); round++)
        {
            int[] ids = pool.WorkerIds();
            List<int> good = [];
            try
            {
                await foreach (int x in pool.MapUnordered(
                    static x =>
                    {
                        Thread.SpinWait(20_000);
                        return x;
                    },
                    Enumerable.Range(0, 40), random.Next(1, 12)))
                {
                    good.Add(x);
                    if (good.Count == 10)
                    {
                        Processes.Kill(ids[random.Next(2)]);
                    }
                }

                Assert.Equal(Enumerable.Range(0, 40), good.Order());
            }
            catch (WorkerDiedException error)
            {
                failed++;
                Assert.Equal(Enumerable.Range(0, 40).Except([error.InputIndex!.Value]), good.Order());
            }
        }

        Assert.InRange(failed, 1, 60);
    }

    private static (int Maps, int Deaths, int Kills) MapAndKill(WorkerPool pool, int most)
    {
        Random random = new(5);
        Stopwatch watch = Stopwatch.StartNew();
        using SharedValue<int> running = new();
        int maps = 0, deaths = 0, kills = 0;
        using ManualResetEventSlim enough = new();
        Thread killer = new(() =>
        {
            while (!enough.Wait(random.Next(10, 120)))
            {
                // Whoever ran last: a worker of this pool that is busy, idle or has just been killed.
                if (running.Exchange(0) is not 0 and int victim && Processes.Kill(victim))
                {
                    kills++;
                }
            }
        });
        killer.Start();
        // On a busy machine most of the time goes into the starts of successors: then it takes longer until that many have been made.
        while (maps < most && (watch.Elapsed < Limit || maps < FewestMaps || Volatile.Read(ref kills) < FewestKills || deaths == 0))
        {
            maps++;
            try
            {
                int[] results = pool.Map(
                    x =>
                    {
                        running.Value = Environment.ProcessId;
                        Thread.SpinWait(5_000);
                        return x * x;
                    },
                    Enumerable.Range(0, 8), maps % 3 == 0 ? null : 1 + (maps % 5));
                Assert.Equal([0, 1, 4, 9, 16, 25, 36, 49], results);
            }
            catch (WorkerDiedException error)
            {
                deaths++;
                Assert.Equal(Ends.Killed.Signal, error.Signal);
                Assert.InRange(error.InputIndex!.Value, 0, 7);
            }
        }

        enough.Set();
        killer.Join();
        pool.AssertUsable();
        return (maps, deaths, kills);
    }
}
