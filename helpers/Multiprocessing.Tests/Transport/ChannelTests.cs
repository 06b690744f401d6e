using Multiprocessing.Transport;

namespace Multiprocessing.Tests.Transport;

public class ChannelTests
{
    private static readonly byte[] Started = [(byte)FrameKind.Started, 0, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void A_frame_that_came_with_the_one_before_has_arrived()
    {
        using Channel channel = new(new MemoryStream([.. Started, .. Started]));

        Assert.False(channel.HasArrived);
        Assert.Equal(FrameKind.Started, channel.Receive()?.Kind);
        Assert.True(channel.HasArrived);
        Assert.Equal(FrameKind.Started, channel.Receive()?.Kind);
        Assert.False(channel.HasArrived);
    }

    /// <summary>Whoever asks before it waits would wait for ever: nothing may come after it.</summary>
    [Theory]
    [InlineData(new byte[] { 64, 0, 0, 0, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 63, 0, 0, 0, 255, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void What_is_no_frame_and_came_with_the_frame_before_has_arrived(byte[] garbage)
    {
        using Channel channel = new(new MemoryStream([.. Started, .. garbage]));

        Assert.Equal(FrameKind.Started, channel.Receive()?.Kind);
        Assert.True(channel.HasArrived);
        Assert.Null(channel.Receive());
    }

    [Fact]
    public void A_frame_that_is_not_whole_yet_has_not_arrived()
    {
        using Channel channel = new(new MemoryStream([.. Started, .. Started[..4], 9, 0, 0, 0, 1]));

        Assert.Equal(FrameKind.Started, channel.Receive()?.Kind);
        Assert.False(channel.HasArrived);
    }
}
