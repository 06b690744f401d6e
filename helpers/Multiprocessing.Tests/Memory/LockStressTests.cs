using Multiprocessing.Tests.Pools;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Memory;

public class LockStressTests
{
    private const int Rounds = 25;

    [LauncherFact(Timeout = 300_000)]
    public async Task Holders_that_are_killed_at_any_moment_neither_keep_the_lock_nor_let_two_in()
    {
        Random moments = new(7);
        using ProcessLock gate = new();
        using SharedArray<long> pair = new(2);
        using SharedValue<long> torn = new();
        using SharedValue<int> told = new();
        using SharedValue<int> last = new();
        void Hammer()
        {
            while (true)
            {
                try
                {
                    gate.Enter();
                }
                catch (AbandonedMutexException)
                {
                    // What the dead one left half done is put right, as it should be.
                    told.Increment();
                    pair[1] = pair[0];
                }

                if (pair[0] != pair[1])
                {
                    torn.Increment();
                }

                pair[0]++;
                Thread.SpinWait(10);
                pair[1]++;
                last.Value = Environment.ProcessId;
                gate.Exit();
            }
        }

        using WorkerProcess survivor = new(Hammer);
        survivor.Start();
        for (int round = 0; round < Rounds; round++)
        {
            using WorkerProcess victim = new(Hammer);
            victim.Start();
            Assert.True(Rendezvous.Await(() => last.Value == victim.Id), "It never had the lock.");
            await Task.Delay(moments.Next(0, 20));
            Processes.Kill(victim.Id);
            Assert.Throws<WorkerDiedException>(victim.Join);

            long before = Volatile.Read(ref pair.Span[1]);
            Assert.True(Rendezvous.Await(() => Volatile.Read(ref pair.Span[1]) != before), $"The lock was stuck after round {round}.");
            Assert.True(survivor.IsAlive);
        }

        Assert.Equal(0, torn.Value);

        // Some twenty are killed while they hold it; with none this would be no test.
        Assert.InRange(told.Value, 1, Rounds);
    }
}
