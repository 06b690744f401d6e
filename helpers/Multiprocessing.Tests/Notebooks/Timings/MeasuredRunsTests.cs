using Multiprocessing.Timings;

namespace Multiprocessing.Tests.Notebooks.Timings;

public class MeasuredRunsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0.3, 5)]
    [InlineData(0.31, 3)]
    [InlineData(0.499, 3)]
    [InlineData(0.5, 1)]
    [InlineData(60, 1)]
    public void The_longer_a_run_the_fewer_are_counted(double seconds, int count) =>
        Assert.Equal(count, MeasuredRuns.CountAfter(Second * seconds, Second * seconds));

    [Fact]
    public void A_long_warm_up_of_a_short_action_does_not_leave_it_with_one_run() =>
        Assert.Equal((5, 5), (MeasuredRuns.CountAfter(Second, Second * 0.1), MeasuredRuns.CountAfter(Second * 0.1, Second)));

    [Fact]
    public void The_median_is_in_the_middle_of_the_times_whatever_their_order()
    {
        var runs = new MeasuredRuns([Second * 3, Second * 100, Second, Second * 2, Second * 4]);

        Assert.Equal((Second, Second * 3, Second * 100), (runs.Fastest, runs.Median, runs.Slowest));
    }

    [Fact]
    public void When_the_cell_is_stopped_no_further_run_begins()
    {
        using var stopping = new CancellationTokenSource();
        int calls = 0;

        Assert.Throws<OperationCanceledException>(() => MeasuredRuns.Of(
            () =>
            {
                if (++calls == 3)
                    stopping.Cancel();
            },
            stopping.Token));

        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task When_the_cell_is_stopped_a_task_without_an_end_is_not_waited_for()
    {
        using var stopping = new CancellationTokenSource();

        Task<MeasuredRuns> measuring = MeasuredRuns.OfAsync(() => new TaskCompletionSource().Task, stopping.Token);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measuring);
    }
}
