namespace Multiprocessing.Tests.Pools.Behaviour;

/// <summary>
/// What every pool does, whether threads or processes are behind it. The functions share <see cref="SharedValue{T}"/> and
/// <see cref="SharedArray{T}"/> with the tests, which are the same objects in both.
/// </summary>
public abstract partial class PoolBehaviour
{
    /// <summary>Begins with a pool of two that all tests use; what one of them does to it must not trouble the next.</summary>
    private protected PoolBehaviour(IPool shared) => Pool = shared;

    private protected IPool Pool { get; }

    private protected abstract IPool Create(int processes);

    private static void AssertAllWork(IPool pool)
    {
        using SharedValue<int> arrived = new();
        int parties = pool.Processes;
        Assert.All(pool.Map(_ => Rendezvous.Meet(arrived, parties), Enumerable.Range(0, parties), chunkSize: 1), Assert.True);
    }
}
