using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Workers;

public class LiveWorkersTests
{
    private const int Patience = 20_000;

    [Fact(Timeout = Patience)]
    public async Task A_process_is_listed_while_it_lives()
    {
        await Task.Yield();
        using WorkerProcess worker = new(Doze);
        worker.Start();

        WorkerStatus listed = Assert.Single(WorkerHost.Default.Live.List(), status => status.ProcessId == worker.Id);

        Assert.Equal((worker.Name, "LiveWorkersTests.Doze", null), (listed.Name, listed.Task, listed.Cell));
        Assert.InRange(listed.Memory, 1 << 20, 1 << 30);
        Assert.InRange(listed.ProcessorTime, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        worker.Kill();
        worker.Dispose();
        Assert.DoesNotContain(WorkerHost.Default.Live.List(), status => status.ProcessId == worker.Id);
    }

    [Fact(Timeout = Patience)]
    public async Task A_worker_of_a_pool_is_listed_with_what_it_is_at()
    {
        using WorkerPool pool = new(1);
        int id = pool.Run(static () => Environment.ProcessId);
        Assert.Null(TaskOf(id));

        using SharedValue<bool> go = new();
        Task waiting = pool.RunAsync(() => Await(go));
        Assert.True(SpinWait.SpinUntil(() => TaskOf(id) == "lambda in LiveWorkersTests.A_worker_of_a_pool_is_listed_with_what_it_is_at", TimeSpan.FromSeconds(10)), TaskOf(id));
        go.Value = true;
        await waiting;

        Assert.True(SpinWait.SpinUntil(() => TaskOf(id) is null, TimeSpan.FromSeconds(10)), TaskOf(id));
    }

    [Fact(Timeout = Patience)]
    public async Task One_can_be_ended_and_the_others_live()
    {
        await Task.Yield();
        using WorkerProcess first = new(Doze), second = new(Doze);
        first.Start();
        second.Start();

        Assert.True(WorkerHost.Default.Live.Kill(first.Id));
        first.Join();

        Assert.False(WorkerHost.Default.Live.Kill(first.Id));
        Assert.False(WorkerHost.Default.Live.Kill(Environment.ProcessId));
        Assert.Equal((false, true), (first.IsAlive, second.IsAlive));
        Assert.DoesNotContain(WorkerHost.Default.Live.List(), status => status.ProcessId == first.Id);
        second.Kill();
    }

    private static void Doze() => Thread.Sleep(Timeout.Infinite);

    private static void Await(SharedValue<bool> go) => SpinWait.SpinUntil(() => go.Value);

    private static string? TaskOf(int processId) => WorkerHost.Default.Live.List().Single(status => status.ProcessId == processId).Task;
}
