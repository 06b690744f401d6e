using System.Text.RegularExpressions;
using Multiprocessing.Tests.Timings;
using Multiprocessing.Workers.Listing;

namespace Multiprocessing.Tests.Workers.Listing;

public partial class LiveWorkersTests
{
    private const int Patience = 20_000;

    [Fact(Timeout = Patience)]
    public async Task A_process_is_listed_while_it_lives()
    {
        await Task.Yield();
        using WorkerProcess worker = new(Doze);
        worker.Start();

        WorkerStatus listed = Assert.Single(LiveWorkers.List().Workers, status => status.ProcessId == worker.Id);

        Assert.Equal((worker.Name, "LiveWorkersTests.Doze", null), (listed.Name, listed.Task, listed.Cell));
        Assert.InRange(listed.Memory, 1 << 20, 1 << 30);
        Assert.InRange(listed.ProcessorTime, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        worker.Kill();
        worker.Dispose();
        Assert.DoesNotContain(LiveWorkers.List().Workers, status => status.ProcessId == worker.Id);
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

        Assert.True(LiveWorkers.Kill(first.Id));

        Assert.False(LiveWorkers.Kill(first.Id));
        Assert.False(LiveWorkers.Kill(Environment.ProcessId));
        Assert.Equal((false, true), (first.IsAlive, second.IsAlive));
        Assert.DoesNotContain(LiveWorkers.List().Workers, status => status.ProcessId == first.Id);
        second.Kill();
    }

    [Theory]
    [InlineData(0, "끝낼 작업 프로세스가 없습니다.")]
    [InlineData(3, "작업 프로세스 3개를 끝냈습니다.")]
    public void How_many_were_ended_is_said(int count, string expected) => Assert.Equal(expected, KilledWorkers.Describe(count));

    [Fact]
    public void A_table_has_a_row_for_each()
    {
        WorkerTable table = new([new(12, "Worker-1", "3", "CalcSquare", 5 << 20, TimeSpan.FromSeconds(1.234)), new(7, "Pool-1.1", null, null, 1536 << 10, TimeSpan.Zero)]);

        Assert.Equal(
            """
            이름      프로세스 번호  셀      하는 일  메모리  CPU 시간
            Worker-1             12   3   CalcSquare  5.0 MB    1.23초
            Pool-1.1              7      기다리는 중  1.5 MB    0.00초
            """,
            Shown.As("text/plain", table));
        Assert.Equal(12, CellPattern().Count(Shown.As("text/html", table)) - 6);
    }

    [Fact]
    public void Without_workers_that_is_said() => Assert.Equal("<p>살아 있는 작업 프로세스가 없습니다.</p>", Shown.As("text/html", new WorkerTable([])));

    private static void Doze() => Thread.Sleep(Timeout.Infinite);

    private static void Await(SharedValue<bool> go) => SpinWait.SpinUntil(() => go.Value);

    private static string? TaskOf(int processId) => LiveWorkers.List().Workers.Single(status => status.ProcessId == processId).Task;

    [GeneratedRegex("<t[hd][ >]")]
    private static partial Regex CellPattern();
}
