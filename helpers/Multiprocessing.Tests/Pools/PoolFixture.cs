namespace Multiprocessing.Tests.Pools;

/// <summary>One pool of two workers for all tests of a class; each test begins with what the others left of it.</summary>
public sealed class PoolFixture : IDisposable
{
    public PoolFixture()
    {
        // Both serve: until then one may do everything.
        while (Pool.Map(static _ => { Thread.Sleep(20); return Environment.ProcessId; }, [1, 2], chunkSize: 1).Distinct().Count() < 2)
        {
        }
    }

    internal WorkerPool Pool { get; } = new(2);

    public void Dispose() => Pool.Dispose();
}
