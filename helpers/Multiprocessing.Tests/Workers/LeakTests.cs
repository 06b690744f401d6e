using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Workers;

/// <summary>Nothing is left of worker processes that were disposed of, before anything is collected.</summary>
[Collection(nameof(Pools.StressTests))]
public class LeakTests(TestHost test) : IClassFixture<TestHost>
{
    [InspectedFact]
    public async Task Worker_processes_that_return_fail_die_or_are_killed_leave_nothing()
    {
        List<WorkerProcess> first = Use(1);
        Footprint before = await Footprint.TakeAsync(test.Host);
        List<WorkerProcess> used = Use(5);

        await before.AssertNothingHasComeAsync();
        GC.KeepAlive((first, used));
    }

    private List<WorkerProcess> Use(int rounds)
    {
        List<WorkerProcess> used = [];
        for (int i = 0; i < rounds; i++)
        {
            using WorkerProcess returning = Start(static () => { });
            using WorkerProcess failing = Start(static () => throw new FormatException());
            using WorkerProcess dying = Start(static () => Environment.Exit(3));
            using WorkerProcess killed = Start(static () => Thread.Sleep(Timeout.Infinite));
            using WorkerProcess left = Start(static () => Thread.Sleep(Timeout.Infinite));
            returning.Join();
            Assert.Throws<WorkerException>(failing.Join);
            Assert.Throws<WorkerDiedException>(dying.Join);
            killed.Kill();
            used.AddRange([returning, failing, dying, killed, left]);
        }

        return used;
    }

    private WorkerProcess Start(Action action)
    {
        WorkerProcess worker = new(test.Host, action);
        worker.Start();
        return worker;
    }
}
