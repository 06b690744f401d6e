using Microsoft.CodeAnalysis.Scripting;
using Multiprocessing.Tests.Cells;
using Multiprocessing.Timings;

namespace Multiprocessing.Tests.Notebooks.Timings;

public class TimingComparisonTests
{
    private static readonly int[] RunCounts = [5, 3, 1];

    [Fact]
    public void Measuring_warms_up_once_and_keeps_the_median_with_the_fastest_and_the_slowest()
    {
        var timings = new TimingComparison("비교");
        int calls = 0;

        Timing timing = timings.Measure("순차", () =>
        {
            calls++;
            Thread.Sleep(10);
        });

        Assert.Equal(calls, 1 + timing.Runs);
        // On a machine that is so busy that this takes half a second, once.
        Assert.Contains(timing.Runs, RunCounts);
        Assert.Same(timing, timings["순차"]);
        Assert.Null(timing.Ideal);
        Assert.True(timing.Fastest <= timing.Elapsed && timing.Elapsed <= timing.Slowest);
        // A sleep may end up to a clock tick early; how late it ends is up to the machine.
        Assert.InRange(timing.Fastest, TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void What_takes_half_a_second_is_measured_once()
    {
        int calls = 0;

        Timing timing = new TimingComparison("비교").Measure("긴 일", () =>
        {
            calls++;
            Thread.Sleep(550);
        });

        Assert.Equal((2, 1), (calls, timing.Runs));
        Assert.Equal((timing.Elapsed, timing.Elapsed), (timing.Fastest, timing.Slowest));
    }

    [Fact]
    public async Task An_asynchronous_action_is_measured_until_its_task_has_ended()
    {
        var timings = new TimingComparison("비교");
        int begun = 0, ended = 0;

        Timing timing = await timings.MeasureAsync("기다림", ideal: TimeSpan.FromSeconds(0.02), async () =>
        {
            Assert.Equal(begun++, ended);
            await Task.Delay(20);
            ended++;
        });

        Assert.Equal((1 + timing.Runs, 1 + timing.Runs), (begun, ended));
        Assert.Contains(timing.Runs, RunCounts);
        Assert.InRange(timing.Fastest, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(0.02), timings["기다림"].Ideal);
    }

    [Fact]
    public async Task A_failing_asynchronous_action_leaves_no_time_behind()
    {
        var timings = new TimingComparison("비교");

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => timings.MeasureAsync("실패", async () =>
        {
            await Task.Yield();
            throw new InvalidTimeZoneException();
        }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => timings.MeasureAsync("없음", () => null!));

        Assert.Empty(timings);
    }

    [Theory]
    [InlineData("""timings.Measure("a", async () => await Task.Delay(1));""")]
    [InlineData("""timings.Measure("a", async () => { await Task.Delay(1); });""")]
    [InlineData("""timings.Measure("a", () => Task.Delay(1));""")]
    [InlineData("""timings.Measure("a", () => Task.FromResult(1));""")]
    [InlineData("""timings.Measure("a", TimeSpan.Zero, async () => await Task.Delay(1));""")]
    [InlineData("""async Task DoAsync() => await Task.Delay(1); timings.Measure("a", DoAsync);""")]
    public async Task To_measure_an_asynchronous_action_as_if_it_were_none_does_not_compile(string line)
    {
        var error = await Assert.ThrowsAsync<CompilationErrorException>(() => new Notebook().RunAsync(
            """var timings = new Multiprocessing.Timings.TimingComparison("비교");""", line));

        Assert.Contains("await timings.MeasureAsync(name, async () => ...)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_returns_something_else_than_a_task_is_an_action_like_any_other()
    {
        object? names = await new Notebook().RunAsync(
            """
            using System.Threading;
            var timings = new Multiprocessing.Timings.TimingComparison("비교");
            var array = new[] { 1, 2, 3 };
            int Square(int n) => n * n;
            void Nothing() { }
            timings.Measure("Parallel.For", () => Parallel.For(0, 2, i => Square(i)));
            timings.Measure("WaitAll", () => Task.WaitAll(Task.Run(() => Square(1)), Task.Run(() => Square(2))));
            timings.Measure("WaitAll in time", () => Task.WaitAll(new[] { Task.Run(() => Square(1)) }, 1000));
            timings.Measure("Select", () => array.Select(Square).ToArray());
            timings.Measure("method", Nothing);
            timings.Measure("count", () => array[0]++);
            timings.Measure("block", TimeSpan.Zero, () => { int sum = 0; foreach (int n in array) sum += n; });
            return string.Join(", ", timings.Select(timing => timing.Name));
            """);

        Assert.Equal("Parallel.For, WaitAll, WaitAll in time, Select, method, count, block", names);
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

        Assert.Throws<InvalidTimeZoneException>(() => timings.Measure("순차", (Action)(() => throw new InvalidTimeZoneException())));

        Assert.Empty(timings);
    }

    [Fact]
    public void Wrong_arguments_are_told_before_the_work_is_done()
    {
        var timings = new TimingComparison("비교");
        bool ran = false;

        Assert.Throws<ArgumentException>(() => timings.Measure(" ", () => ran = true));
        Assert.Throws<ArgumentOutOfRangeException>(() => timings.Measure("순차", TimeSpan.FromSeconds(-1), () => ran = true));
        Assert.Throws<ArgumentNullException>(() => timings.Measure("순차", (Action)null!));
        Assert.Throws<ArgumentException>(() => { _ = timings.MeasureAsync(" ", () => { ran = true; return Task.CompletedTask; }); });
        Assert.Throws<ArgumentNullException>(() => { _ = timings.MeasureAsync("순차", null!); });
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
