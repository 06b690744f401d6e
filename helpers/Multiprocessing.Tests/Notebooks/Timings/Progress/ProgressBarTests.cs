using System.Xml.Linq;
using Microsoft.DotNet.Interactive;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Timings;
using static Multiprocessing.Tests.Notebooks.Timings.Shown;

namespace Multiprocessing.Tests.Notebooks.Timings.Progress;

public class ProgressBarTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    [Fact]
    public void It_is_shown_when_it_is_made_and_changes_in_place()
    {
        var bar = new ProgressBar("제곱", 2);

        Assert.Equal(["제곱: 0/2 (0%)"], KernelInvocationContext.Current.Shown[bar].Texts);

        bar.Report(2);

        Assert.Equal(["제곱: 0/2 (0%)", "제곱: 2/2 (100%)"], KernelInvocationContext.Current.Shown[bar].Texts);
    }

    [Fact]
    public Task A_map_of_a_pool_fills_it() => Task.Run(() =>
    {
        var bar = new ProgressBar("제곱", 20);

        fixture.Pool.Map(n => { Thread.Sleep(10); return n * n; }, Enumerable.Range(1, 20), chunkSize: 1, progress: bar);

        Assert.Equal("제곱: 20/20 (100%)", KernelInvocationContext.Current.Shown[bar].Texts[^1]);
        Assert.True(KernelInvocationContext.Current.Shown[bar].Texts.Count > 2, "It should have been seen to grow.");
    });

    [Fact]
    public void A_million_steps_are_not_a_million_updates()
    {
        var bar = new ProgressBar("많은 일", 1_000_000);
        long start = Environment.TickCount64;
        for (int i = 1; i <= 1_000_000; i++)
            bar.Report(i);

        long intervals = (Environment.TickCount64 - start) / 50;
        Assert.InRange(KernelInvocationContext.Current.Shown[bar].Texts.Count, 2, intervals + 3);
        Assert.Equal("많은 일: 1000000/1000000 (100%)", KernelInvocationContext.Current.Shown[bar].Texts[^1]);
    }

    [Fact]
    public void It_never_goes_back_nor_past_its_end()
    {
        var bar = new ProgressBar("제곱", 10);

        bar.Report(7);
        bar.Report(3);
        Assert.Equal(7, bar.Done);
        bar.Report(99);
        Assert.Equal(10, bar.Done);
        bar.Report(-1);
        Assert.Equal(1, bar.Fraction);
    }

    [Fact]
    public void Almost_done_is_not_done()
    {
        var bar = new ProgressBar("제곱", 1000);

        bar.Report(999);

        Assert.Equal("제곱: 999/1000 (99%)", bar.ToString());
    }

    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(5, 10, 0.5)]
    [InlineData(10, 10, 1)]
    [InlineData(0, 0, 1)]
    public void Its_drawing_is_as_long_as_its_share(int done, int total, double share)
    {
        var bar = new ProgressBar("제곱 <b>&", total);
        bar.Report(done);

        XElement chart = Chart(bar);

        StaysInside(chart);
        XElement[] tracks = [.. chart.Elements(Svg + "rect").Skip(1)];
        Assert.Equal(tracks[0].Number("width") * share, tracks[1].Number("width"), tolerance: 0.01);
        Assert.Equal(["제곱 <b>&", $"{done}/{total}"], chart.Elements(Svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void It_needs_a_title_and_no_less_than_nothing_to_do()
    {
        Assert.ThrowsAny<ArgumentException>(() => new ProgressBar(" ", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProgressBar("제곱", -1));
    }
}
