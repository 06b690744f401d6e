using Multiprocessing.Tests.Hosting;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Workers;

public class LiveWorkersTests(TestHost test) : IClassFixture<TestHost>
{
    private const int Patience = 60_000;

    [Fact]
    public void A_process_is_listed_while_it_lives()
    {
        using WorkerProcess worker = new(test.Host, Doze);
        worker.Start();

        // One that is no more than begun has next to no memory.
        Assert.True(worker.Session!.Worker.Ready.Wait(Patience));
        WorkerStatus listed = Assert.Single(test.Host.Live.List());

        Assert.Equal(worker.Id, listed.ProcessId);
        Assert.Equal((worker.Name, "LiveWorkersTests.Doze", null), (listed.Name, listed.Task, listed.Cell));
        Assert.InRange(listed.Memory, 1 << 20, 1 << 30);
        worker.Kill();
        worker.Dispose();
        Assert.Empty(test.Host.Live.List());
    }

    [Fact(WineGap = WineGaps.ProcessorTimes)]
    public void A_process_that_does_nothing_is_listed_with_next_to_no_processor_time()
    {
        using WorkerProcess worker = new(test.Host, Doze);
        worker.Start();
        Assert.True(worker.Session!.Worker.Ready.Wait(Patience));
        Assert.InRange(test.Host.Live.List().Single(listed => listed.ProcessId == worker.Id).ProcessorTime, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        worker.Kill();
    }

    [Fact]
    public async Task A_worker_of_a_pool_is_listed_with_what_it_is_at()
    {
        using WorkerPool pool = new(test.Host, 1);
        int id = pool.Run(static () => Environment.ProcessId);
        Assert.Null(TaskOf(id));

        using SharedValue<bool> go = new();
        Task waiting = pool.RunAsync(() => Await(go));
        Assert.True(SpinWait.SpinUntil(() => TaskOf(id) == "lambda in LiveWorkersTests.A_worker_of_a_pool_is_listed_with_what_it_is_at", TimeSpan.FromMilliseconds(Patience)), TaskOf(id));
        go.Value = true;
        await waiting;

        Assert.True(SpinWait.SpinUntil(() => TaskOf(id) is null, TimeSpan.FromMilliseconds(Patience)), TaskOf(id));
    }

    [Fact]
    public void One_can_be_ended_and_the_others_live()
    {
        using WorkerProcess first = new(test.Host, Doze), second = new(test.Host, Doze);
        first.Start();
        second.Start();

        Assert.True(test.Host.Live.Kill(first.Id));
        first.Join();

        Assert.False(test.Host.Live.Kill(first.Id));
        Assert.False(test.Host.Live.Kill(Environment.ProcessId));
        Assert.Equal((false, true), (first.IsAlive, second.IsAlive));
        Assert.Equal(second.Id, Assert.Single(test.Host.Live.List()).ProcessId);
        second.Kill();
    }

    private static void Doze() => Thread.Sleep(Timeout.Infinite);

    private static void Await(SharedValue<bool> go) => SpinWait.SpinUntil(() => go.Value);

    private string? TaskOf(int processId) => test.Host.Live.List().Single(status => status.ProcessId == processId).Task;
}
