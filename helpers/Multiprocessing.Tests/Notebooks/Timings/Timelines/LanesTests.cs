using Multiprocessing.Timings.Timelines;

namespace Multiprocessing.Tests.Notebooks.Timings.Timelines;

public class LanesTests
{
    private static readonly int Here = Environment.ProcessId;

    [Fact]
    public void Lanes_are_called_by_the_names_that_were_given_and_counted_without() => Assert.Equal(
        ["스레드 1", "제곱", "프로세스 1", "세제곱"],
        Names(Thread(1), Thread(2, "제곱"), Process(98), Process(99, "세제곱")));

    [Fact]
    public void Two_lanes_of_the_same_name_stay_two() => Assert.Equal(
        ["제곱 · 스레드 1", "제곱 · 스레드 2", "제곱 · 프로세스 1", "제곱 · 프로세스 2"],
        Names(Thread(1, "제곱"), Thread(2, "제곱"), Process(98, "제곱"), Process(99, "제곱")));

    [Fact]
    public void A_name_that_is_also_a_number_is_told_from_it() => Assert.Equal(
        ["스레드 2 · 스레드 1", "스레드 2", "프로세스 2 · 프로세스 1", "프로세스 2"],
        Names(Thread(1, "스레드 2"), Thread(2), Process(98, "프로세스 2"), Process(99)));

    [Fact]
    public void Threads_of_a_worker_have_names_of_their_own_beside_the_one_of_their_process() => Assert.Equal(
        ["읽기 · 스레드 1", "읽기 · 하나", "프로세스 2 · 하나 · 스레드 1", "프로세스 2 · 하나 · 스레드 2"],
        Names(Process(98, "읽기"), Process(98, "읽기", 2, "하나"), Process(99, null, 1, "하나"), Process(99, null, 2, "하나")));

    [Fact]
    public void Each_piece_is_in_the_lane_that_it_ran_in()
    {
        var lanes = new Lanes([Span(Thread(1, "제곱")), Span(Thread(2, "제곱")), Span(Process(98, "제곱"))]);

        Assert.All(lanes.All, lane => Assert.Equal(lane.Name, Assert.Single(lane.Spans).Lane));
    }

    private static IEnumerable<string> Names(params ThreadLane[] lanes) => new Lanes([.. lanes.Select(Span)]).All.Select(lane => lane.Name);

    private static RecordedSpan Span(ThreadLane lane, int start = 0) => new("일", lane, start, start + 1);

    private static ThreadLane Thread(int number, string? name = null) => new(Here, number, name);

    private static ThreadLane Process(int id, string? name = null, int thread = 1, string? threadName = null) => new(id, thread, threadName, name);
}
