namespace Multiprocessing.Tests.Pools;

/// <summary>Questions to a pool.</summary>
internal static class PoolExtensions
{
    /// <summary>The process ids of all workers: as many functions as there are workers wait for each other.</summary>
    public static int[] WorkerIds(this WorkerPool pool)
    {
        using SharedValue<int> arrived = new();
        int parties = pool.Processes;
        int[] ids = pool.Map(_ => Rendezvous.Meet(arrived, parties) ? Environment.ProcessId : 0, Enumerable.Range(0, parties), chunkSize: 1);
        Assert.DoesNotContain(0, ids);
        Assert.Equal(parties, ids.Distinct().Count());
        return ids;
    }

    /// <summary>Fails unless the pool has all its workers, and they work.</summary>
    public static void AssertUsable(this WorkerPool pool) => pool.WorkerIds();
}
