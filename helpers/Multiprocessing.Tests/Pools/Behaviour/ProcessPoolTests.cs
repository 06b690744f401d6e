namespace Multiprocessing.Tests.Pools.Behaviour;

/// <summary>The behaviour of <see cref="WorkerPool"/>.</summary>
public class ProcessPoolTests(ProcessPoolTests.SharedPool shared) : PoolBehaviour(shared.Pool), IClassFixture<ProcessPoolTests.SharedPool>
{
    private protected override IPool Create(int processes) => new ProcessPool(processes);

    public sealed class SharedPool : IDisposable
    {
        internal IPool Pool { get; } = new ProcessPool(2);

        public void Dispose() => Pool.Dispose();
    }
}
