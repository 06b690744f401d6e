using Multiprocessing.Memory;

namespace Multiprocessing.Tests.Memory;

public class WaitDeadlineTests
{
    [Theory]
    [InlineData(-2)]
    [InlineData(-5000)]
    [InlineData(int.MaxValue + 1L)]
    public void A_time_that_makes_no_sense_is_refused(long milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WaitDeadline(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void A_sleep_is_no_longer_than_a_slice_and_no_longer_than_what_is_left()
    {
        Assert.Equal(TimeSpan.Zero, default(WaitDeadline).NextSleep);
        Assert.Equal(WaitDeadline.Slice, WaitDeadline.Never.NextSleep);
        Assert.Equal(WaitDeadline.Slice, new WaitDeadline(TimeSpan.FromDays(20)).NextSleep);
        Assert.InRange(new WaitDeadline(WaitDeadline.Slice / 2).NextSleep, TimeSpan.Zero, WaitDeadline.Slice / 2);
    }

    [Fact]
    public void The_next_slice_ends_no_later_than_the_deadline()
    {
        Assert.True(default(WaitDeadline).NextSlice.IsOver);
        Assert.False(WaitDeadline.Never.NextSlice.IsOver);
        WaitDeadline soon = new(TimeSpan.FromMilliseconds(1));
        Thread.Sleep(2);
        Assert.True(soon.IsOver);
        Assert.True(soon.NextSlice.IsOver);
        Assert.Equal(TimeSpan.Zero, soon.NextSleep);
    }
}
