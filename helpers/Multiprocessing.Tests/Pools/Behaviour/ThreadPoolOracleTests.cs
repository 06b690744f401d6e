namespace Multiprocessing.Tests.Pools.Behaviour;

/// <summary>The behaviour of the oracle: what is asked of processes is no more than what threads do.</summary>
public class ThreadPoolOracleTests(ThreadPoolOracleTests.SharedPool shared) : PoolBehaviour(shared.Pool), IClassFixture<ThreadPoolOracleTests.SharedPool>
{
    private protected override IPool Create(int processes) => new ThreadPoolOracle(processes);

    public sealed class SharedPool : IDisposable
    {
        internal IPool Pool { get; } = new ThreadPoolOracle(2);

        public void Dispose() => Pool.Dispose();
    }
}
