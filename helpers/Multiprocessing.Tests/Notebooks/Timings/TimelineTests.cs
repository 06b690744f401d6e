using Microsoft.CodeAnalysis.Scripting;
using Multiprocessing.Tests.Cells;
using Multiprocessing.Timings;

namespace Multiprocessing.Tests.Notebooks.Timings;

public class TimelineTests
{
    [Fact]
    public void A_piece_of_work_has_its_name_its_lane_and_its_time()
    {
        using var timeline = new Timeline("작업");

        timeline.Measure("첫째", () => Thread.Sleep(20));
        int result = timeline.Measure("둘째", () => 42);

        Assert.Equal(42, result);
        Assert.Equal(["첫째", "둘째"], timeline.Select(span => span.Name));
        Assert.All(timeline, span => Assert.Equal("스레드 1", span.Lane));
        Assert.Equal(TimeSpan.Zero, timeline.First().Start);
        Assert.InRange(timeline.First().Elapsed, TimeSpan.FromMilliseconds(19), TimeSpan.FromSeconds(10));
        Assert.True(timeline.Last().Start >= timeline.First().Elapsed);
    }

    [Fact]
    public void What_runs_at_the_same_time_overlaps_and_what_runs_in_turn_does_not()
    {
        using var timeline = new Timeline("작업");
        using var both = new Barrier(2);

        OnThreads(() => timeline.Measure("함께", () => both.SignalAndWait()));
        var gate = new Lock();
        OnThreads(() =>
        {
            lock (gate)
                timeline.Measure("차례로", () => Thread.Sleep(20));
        });

        TimelineSpan[] together = [.. timeline.Where(span => span.Name == "함께")], inTurn = [.. timeline.Where(span => span.Name == "차례로")];
        Assert.True(together[1].Start < together[0].Start + together[0].Elapsed);
        Assert.True(inTurn[1].Start >= inTurn[0].Start + inTurn[0].Elapsed);
        Assert.Equal(4, timeline.Select(span => span.Lane).Distinct().Count());
    }

    [Fact]
    public async Task A_worker_records_into_the_same_timeline_by_the_same_clock()
    {
        using var timeline = new Timeline("작업");

        timeline.Measure("전", () => Thread.Sleep(1));
        await WorkerProcess.RunAsync(() => timeline.Measure("작업자", () => Thread.Sleep(20)));
        timeline.Measure("후", () => Thread.Sleep(1));

        TimelineSpan[] spans = [.. timeline];
        Assert.Equal([("전", "스레드 1"), ("작업자", "프로세스 1")], spans.Take(2).Select(span => (span.Name, span.Lane)));
        Assert.True(spans[1].Start >= spans[0].Elapsed);
        Assert.True(spans[2].Start >= spans[1].Start + spans[1].Elapsed);
    }

    [Fact]
    public async Task Each_process_has_a_lane_and_the_threads_of_one_are_told_apart()
    {
        using var timeline = new Timeline("작업");

        await WorkerProcess.RunAsync(() => timeline.Measure("하나", () => { }));
        await WorkerProcess.RunAsync(() => OnThreads(() => timeline.Measure("둘", () => Thread.Sleep(1))));

        Assert.Equal(["프로세스 1", "프로세스 2 · 스레드 1", "프로세스 2 · 스레드 2"], timeline.Select(span => span.Lane).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_worker_recorded_stays_when_it_is_killed()
    {
        using var timeline = new Timeline("작업");
        using var recorded = new ProcessQueue<int>();
        using var worker = new WorkerProcess(() =>
        {
            timeline.Measure("끝난 일", () => { });
            using (timeline.Begin("끝나지 않은 일"))
            {
                recorded.Enqueue(1);
                Thread.Sleep(Timeout.Infinite);
            }
        });

        worker.Start();
        await Task.Run(() => recorded.Dequeue());
        worker.Kill();

        Assert.Equal(["끝난 일"], timeline.Select(span => span.Name));
    }

    [Fact]
    public async Task A_worker_that_reads_is_told_where_to_read()
    {
        using var timeline = new Timeline("작업");
        timeline.Measure("하나", () => { });

        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() => timeline.Count()));

        Assert.Contains("in the process that made it", error.OriginalMessage, StringComparison.Ordinal);
        Assert.Single(timeline);
    }

    [Fact]
    public void A_piece_that_throws_ran_until_then()
    {
        using var timeline = new Timeline("작업");

        Assert.Throws<FormatException>(() => timeline.Measure("실패", (Action)(() => throw new FormatException())));

        Assert.Single(timeline);
    }

    [Fact]
    public async Task An_asynchronous_piece_runs_until_its_task_has_ended()
    {
        using var timeline = new Timeline("작업");

        await timeline.MeasureAsync("기다림", async () => await Task.Delay(20));
        int result = await timeline.MeasureAsync("값", async () => { await Task.Delay(20); return 42; });

        Assert.Equal(42, result);
        Assert.Equal(["기다림", "값"], timeline.Select(span => span.Name));
        Assert.All(timeline, span => Assert.InRange(span.Elapsed, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData("""timeline.Measure("a", async () => await Task.Delay(1));""")]
    [InlineData("""timeline.Measure("a", () => Task.Delay(1));""")]
    [InlineData("""timeline.Measure("a", async () => { await Task.Delay(1); return 1; });""")]
    public async Task To_measure_an_asynchronous_piece_as_if_it_were_none_does_not_compile(string line)
    {
        var error = await Assert.ThrowsAsync<CompilationErrorException>(() => new Notebook().RunAsync(
            """var timeline = new Multiprocessing.Timings.Timeline("작업");""", line));

        Assert.Contains("await timeline.MeasureAsync(name, async () => ...)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_piece_ends_once_and_one_that_has_not_ended_is_not_there()
    {
        using var timeline = new Timeline("작업");

        Timeline.Scope scope = timeline.Begin("한 번");
        Assert.Empty(timeline);
        scope.Dispose();
        scope.Dispose();

        Assert.Single(timeline);
    }

    [Fact]
    public void A_thread_with_a_name_gives_it_to_its_lane()
    {
        using var timeline = new Timeline("작업");
        var thread = new Thread(() => timeline.Measure("일", () => { })) { Name = "제곱" };

        thread.Start();
        thread.Join();

        Assert.Equal("제곱", timeline.Single().Lane);
    }

    [Fact]
    public async Task A_worker_process_with_a_name_of_its_own_gives_it_to_its_lane()
    {
        using var timeline = new Timeline("작업");
        using var named = new WorkerProcess(() => timeline.Measure("하나", () => { })) { Name = "제곱" };
        using var counted = new WorkerProcess(() => timeline.Measure("둘", () => { }));
        using var several = new WorkerProcess(() => OnThreads(() => timeline.Measure("셋", () => Thread.Sleep(1)))) { Name = "세제곱" };

        foreach (WorkerProcess worker in (WorkerProcess[])[named, counted, several])
        {
            worker.Start();
            await worker.WaitAsync();
        }

        Assert.Equal(["세제곱 · 스레드 1", "세제곱 · 스레드 2", "제곱", "프로세스 2"], timeline.Select(span => span.Lane).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_thread_that_comes_after_the_end_of_another_has_a_lane_of_its_own()
    {
        using var timeline = new Timeline("작업");
        for (int i = 0; i < 20; i++)
        {
            var thread = new Thread(() => timeline.Measure("일", () => { }));
            thread.Start();
            thread.Join();
        }

        Assert.Equal(20, timeline.Select(span => span.Lane).Distinct().Count());
    }

    [Fact]
    public void After_Dispose_it_can_be_read_and_no_more_recorded()
    {
        var timeline = new Timeline("작업");
        timeline.Measure("하나", () => { });

        timeline.Dispose();
        timeline.Dispose();

        Assert.Single(timeline);
        Assert.Throws<ObjectDisposedException>(() => timeline.Measure("둘", () => { }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void A_timeline_and_its_pieces_need_names(string? name)
    {
        using var timeline = new Timeline("작업");

        Assert.ThrowsAny<ArgumentException>(() => new Timeline(name!));
        Assert.ThrowsAny<ArgumentException>(() => timeline.Begin(name!));
        Assert.Throws<ArgumentNullException>(() => timeline.Measure("일", (Action)null!));
    }

    private static void OnThreads(Action action)
    {
        Thread[] threads = [new(() => action()), new(() => action())];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}
