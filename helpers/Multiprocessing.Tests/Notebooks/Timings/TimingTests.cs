using Multiprocessing.Timings;

namespace Multiprocessing.Tests.Notebooks.Timings;

public class TimingTests
{
    [Fact]
    public void A_timing_keeps_what_it_is_given()
    {
        var timing = new Timing("스레드", TimeSpan.FromSeconds(0.81), TimeSpan.FromSeconds(0.8));

        Assert.Equal("스레드", timing.Name);
        Assert.Equal(TimeSpan.FromSeconds(0.81), timing.Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(0.8), timing.Ideal);
    }

    [Fact]
    public void A_time_that_was_measured_elsewhere_is_one_run()
    {
        var second = TimeSpan.FromSeconds(1);
        var timing = new Timing("순차", second);

        Assert.Equal((1, second, second), (timing.Runs, timing.Fastest, timing.Slowest));
    }

    [Fact]
    public void The_ideal_may_be_unknown() => Assert.Null(new Timing("순차", TimeSpan.Zero).Ideal);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void A_timing_needs_a_name(string? name) =>
        Assert.ThrowsAny<ArgumentException>(() => new Timing(name!, TimeSpan.Zero));

    [Fact]
    public void A_negative_time_is_refused_by_the_name_of_its_parameter()
    {
        var second = TimeSpan.FromSeconds(1);

        Assert.Equal("elapsed", Assert.Throws<ArgumentOutOfRangeException>(() => new Timing("순차", -second)).ParamName);
        Assert.Equal("ideal", Assert.Throws<ArgumentOutOfRangeException>(() => new Timing("순차", second, -second)).ParamName);
    }
}
