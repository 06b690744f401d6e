using Multiprocessing.Timings;

namespace Multiprocessing.Tests.Timings;

public class TimingComparisonTests
{
    [Fact]
    public void Measuring_runs_the_action_once_and_keeps_its_wall_clock_time()
    {
        var timings = new TimingComparison("비교");
        int runs = 0;

        Timing timing = timings.Measure("순차", () =>
        {
            runs++;
            Thread.Sleep(50);
        });

        Assert.Equal(1, runs);
        Assert.Same(timing, timings["순차"]);
        Assert.Null(timing.Ideal);
        // A sleep may end up to a clock tick early; how late it ends is up to the machine.
        Assert.InRange(timing.Elapsed, TimeSpan.FromMilliseconds(35), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Measuring_reads_well_with_the_ideal_in_the_middle()
    {
        var timings = new TimingComparison("비교");

        timings.Measure("순차", ideal: TimeSpan.FromSeconds(1.6), () => { });

        Assert.Equal(TimeSpan.FromSeconds(1.6), timings["순차"].Ideal);
    }

    [Fact]
    public void A_failing_action_leaves_no_time_behind()
    {
        var timings = new TimingComparison("비교");

        Assert.Throws<InvalidTimeZoneException>(() => timings.Measure("순차", () => throw new InvalidTimeZoneException()));

        Assert.Empty(timings);
    }

    [Fact]
    public void Wrong_arguments_are_told_before_the_work_is_done()
    {
        var timings = new TimingComparison("비교");
        bool ran = false;

        Assert.Throws<ArgumentException>(() => timings.Measure(" ", () => ran = true));
        Assert.Throws<ArgumentOutOfRangeException>(() => timings.Measure("순차", TimeSpan.FromSeconds(-1), () => ran = true));
        Assert.Throws<ArgumentNullException>(() => timings.Measure("순차", null!));
        Assert.False(ran);
    }

    [Fact]
    public void A_comparison_needs_a_title() => Assert.Throws<ArgumentException>(() => new TimingComparison(" "));

    [Fact]
    public void The_first_run_is_what_the_others_are_compared_with()
    {
        var timings = new TimingComparison("비교")
        {
            { "순차", TimeSpan.FromSeconds(1.6) },
            { "스레드", TimeSpan.FromSeconds(0.8) },
            { "느린 길", TimeSpan.FromSeconds(3.2) },
        };

        Assert.Equal("순차", timings.Baseline?.Name);
        Assert.Equal(1, timings.SpeedUp("순차"));
        Assert.Equal(2, timings.SpeedUp("스레드"), precision: 9);
        Assert.Equal(0.5, timings.SpeedUp("느린 길"), precision: 9);
    }

    [Fact]
    public void A_run_too_short_to_measure_is_infinitely_fast_but_not_faster_than_another_one()
    {
        var timings = new TimingComparison("비교") { { "순차", TimeSpan.FromSeconds(1) }, { "없음", TimeSpan.Zero } };
        var nothing = new TimingComparison("비교") { { "하나", TimeSpan.Zero }, { "둘", TimeSpan.Zero } };

        Assert.Equal(double.PositiveInfinity, timings.SpeedUp("없음"));
        Assert.Equal(1, nothing.SpeedUp("둘"));
    }

    [Fact]
    public void Adding_a_name_again_replaces_its_time_in_its_place()
    {
        var timings = new TimingComparison("비교")
        {
            { "순차", TimeSpan.FromSeconds(1.6) },
            { "스레드", TimeSpan.FromSeconds(0.8) },
            { "순차", TimeSpan.FromSeconds(1.7) },
        };

        Assert.Equal(["순차", "스레드"], timings.Select(timing => timing.Name));
        Assert.Equal(TimeSpan.FromSeconds(1.7), timings.Baseline?.Elapsed);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var timings = new TimingComparison("비교") { { "순차", TimeSpan.Zero }, { "스레드", TimeSpan.Zero } };

        var unknown = Assert.Throws<KeyNotFoundException>(() => timings.SpeedUp("프로세스"));

        Assert.Contains("'프로세스'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("순차, 스레드", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_comparison_has_no_baseline() => Assert.Null(new TimingComparison("비교").Baseline);
}
