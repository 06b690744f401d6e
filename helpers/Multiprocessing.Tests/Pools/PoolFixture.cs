namespace Multiprocessing.Tests.Pools;

/// <summary>One pool of two workers for all tests of a class; each test begins with what the others left of it.</summary>
public sealed class PoolFixture : IDisposable
{
    internal WorkerPool Pool { get; } = new(2);

    public void Dispose() => Pool.Dispose();
}
