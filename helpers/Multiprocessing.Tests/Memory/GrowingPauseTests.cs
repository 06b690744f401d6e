using Multiprocessing.Memory;

namespace Multiprocessing.Tests.Memory;

public class GrowingPauseTests
{
    private static readonly TimeSpan Slice = WaitDeadline.Slice;

    [Fact]
    public void It_grows_as_long_as_nothing_moves_and_begins_anew_when_something_does()
    {
        GrowingPause pause = default;
        TimeSpan[] pauses = [.. Enumerable.Range(0, 8).Select(_ => pause.Next(Slice))];

        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal((pauses[0] * 2, pauses[6]), (pauses[1], pauses[7]));
        Assert.InRange(pauses[7], pauses[1], Slice);
        pause.Reset();
        Assert.Equal(pauses[0], pause.Next(Slice));
    }

    [Fact]
    public void It_is_no_longer_than_what_is_left_and_goes_on_growing()
    {
        GrowingPause pause = default;
        TimeSpan first = pause.Next(Slice);

        Assert.Equal(TimeSpan.Zero, pause.Next(TimeSpan.Zero));
        Assert.Equal(first * 4, pause.Next(Slice));
    }
}
