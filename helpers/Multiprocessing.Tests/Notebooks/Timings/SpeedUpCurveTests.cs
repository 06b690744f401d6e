using Microsoft.CodeAnalysis.Scripting;
using Multiprocessing.Tests.Cells;
using Multiprocessing.Timings;

namespace Multiprocessing.Tests.Notebooks.Timings;

public class SpeedUpCurveTests
{
    [Fact]
    public void Measuring_warms_up_and_keeps_the_median_as_a_comparison_does()
    {
        var curve = new SpeedUpCurve("곡선");
        int calls = 0;

        Timing timing = curve.Measure("기다리는 일", workers: 2, () =>
        {
            calls++;
            Thread.Sleep(5);
        });

        Assert.Equal(1 + timing.Runs, calls);
        Assert.Equal(new SpeedUpPoint("기다리는 일", 2, timing), Assert.Single(curve));
    }

    [Fact]
    public async Task An_asynchronous_action_is_measured_until_its_task_has_ended()
    {
        var curve = new SpeedUpCurve("곡선");
        int ended = 0;

        Timing timing = await curve.MeasureAsync("기다리는 일", 1, async () =>
        {
            await Task.Delay(20);
            ended++;
        });

        Assert.Equal(1 + timing.Runs, ended);
        Assert.InRange(timing.Fastest, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task To_measure_an_asynchronous_action_as_if_it_were_none_does_not_compile()
    {
        var error = await Assert.ThrowsAsync<CompilationErrorException>(() => new Notebook().RunAsync(
            """var curve = new Multiprocessing.Timings.SpeedUpCurve("곡선");""", """curve.Measure("a", workers: 2, async () => await Task.Delay(1));"""));

        Assert.Contains("await curve.MeasureAsync(series, workers, async () => ...)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_speed_up_is_relative_to_one_worker_of_the_same_work_in_whatever_order_they_came()
    {
        SpeedUpCurve curve = new("곡선")
        {
            { "하나", 4, TimeSpan.FromSeconds(0.5) }, { "하나", 1, TimeSpan.FromSeconds(2) },
            { "둘", 1, TimeSpan.FromSeconds(1) }, { "둘", 4, TimeSpan.FromSeconds(2) },
        };

        Assert.Equal([4, 1, 0.5], new[] { curve.SpeedUp("하나", 4), curve.SpeedUp("하나", 1), curve.SpeedUp("둘", 4) });
        Assert.Equal([("하나", 1), ("하나", 4), ("둘", 1), ("둘", 4)], curve.Select(point => (point.Series, point.Workers)));
    }

    [Fact]
    public void Adding_a_point_again_replaces_it()
    {
        SpeedUpCurve curve = new("곡선") { { "일", 1, TimeSpan.FromSeconds(1) }, { "일", 1, TimeSpan.FromSeconds(2) } };

        Assert.Equal(TimeSpan.FromSeconds(2), Assert.Single(curve).Timing.Elapsed);
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        SpeedUpCurve curve = new("곡선") { { "일", 2, TimeSpan.FromSeconds(1) }, { "혼자", 1, TimeSpan.FromSeconds(1) }, { "빈 일", 1, TimeSpan.Zero } };

        Assert.Contains("'없음'. There are: 일, 혼자", Assert.Throws<KeyNotFoundException>(() => curve.SpeedUp("없음", 1)).Message, StringComparison.Ordinal);
        Assert.Contains("3 workers. There are: 2", Assert.Throws<KeyNotFoundException>(() => curve.SpeedUp("일", 3)).Message, StringComparison.Ordinal);
        Assert.Contains("measure it with workers: 1", Assert.Throws<InvalidOperationException>(() => curve.SpeedUp("일", 2)).Message, StringComparison.Ordinal);
        Assert.Contains("measure it with workers: 1", Assert.Throws<InvalidOperationException>(() => curve.FitAmdahl("일")).Message, StringComparison.Ordinal);
        Assert.Contains("measure it with workers: 2", Assert.Throws<InvalidOperationException>(() => curve.FitAmdahl("혼자")).Message, StringComparison.Ordinal);
        Assert.Contains("give it more to do", Assert.Throws<InvalidOperationException>(() => curve.FitAmdahl("빈 일")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_arguments_are_told_before_the_work_is_done()
    {
        var curve = new SpeedUpCurve("곡선");
        bool ran = false;

        Assert.Throws<ArgumentException>(() => new SpeedUpCurve(" "));
        Assert.Throws<ArgumentException>(() => curve.Measure(" ", 1, () => ran = true));
        Assert.Equal("workers", Assert.Throws<ArgumentOutOfRangeException>(() => curve.Measure("일", 0, () => ran = true)).ParamName);
        Assert.Throws<ArgumentNullException>(() => curve.Measure("일", 1, (Action)null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.Add("일", 1, TimeSpan.FromSeconds(-1)));
        Assert.Equal("processors", Assert.Throws<ArgumentOutOfRangeException>(() => curve.FitAmdahl("일", 0)).ParamName);
        Assert.False(ran);
        Assert.Empty(curve);
    }

    [Fact]
    public void A_failing_action_leaves_no_time_behind()
    {
        var curve = new SpeedUpCurve("곡선");

        Assert.Throws<InvalidTimeZoneException>(() => curve.Measure("일", 1, (Action)(() => throw new InvalidTimeZoneException())));

        Assert.Empty(curve);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(1)]
    public void The_fraction_of_work_that_follows_the_law_is_found(double fraction)
    {
        SpeedUpCurve unlimited = new("곡선"), limited = new("곡선");
        foreach (int workers in (int[])[1, 2, 4, 8])
        {
            unlimited.Add("일", workers, TimeSpan.FromSeconds(1 - fraction + fraction / workers));
            limited.Add("일", workers, TimeSpan.FromSeconds(1 - fraction + fraction / Math.Min(workers, 2)));
        }

        Assert.Equal(fraction, unlimited.FitAmdahl("일"), precision: 5);
        Assert.Equal(fraction, limited.FitAmdahl("일", processors: 2), precision: 5);
    }

    [Fact]
    public void A_fraction_is_never_below_0_nor_above_1()
    {
        SpeedUpCurve curve = new("곡선")
        {
            { "느려지는 일", 1, TimeSpan.FromSeconds(1) }, { "느려지는 일", 4, TimeSpan.FromSeconds(3) },
            { "더 빨라지는 일", 1, TimeSpan.FromSeconds(1) }, { "더 빨라지는 일", 4, TimeSpan.FromSeconds(0.1) },
        };

        Assert.Equal((0, 1), (curve.FitAmdahl("느려지는 일"), curve.FitAmdahl("더 빨라지는 일")));
    }
}
