using Multiprocessing.Connections;
using Multiprocessing.Memory;

namespace Multiprocessing.Tests.Connections;

public sealed unsafe class FrameInboxTests : IDisposable
{
    private const int Capacity = 1024;
    private static readonly byte[] Ready = [(byte)FrameKind.Ready, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly SharedRingState* _state = (SharedRingState*)System.Runtime.InteropServices.NativeMemory.AllocZeroed((nuint)sizeof(SharedRingState));
    private readonly byte* _buffer = (byte*)System.Runtime.InteropServices.NativeMemory.AllocZeroed(Capacity);
    private readonly FrameInbox _inbox;

    public FrameInboxTests() => _inbox = new FrameInbox(new SharedRingReader(_state, _buffer, Capacity), static () => false);

    public void Dispose()
    {
        System.Runtime.InteropServices.NativeMemory.Free(_state);
        System.Runtime.InteropServices.NativeMemory.Free(_buffer);
    }

    [Fact]
    public void Frames_come_one_by_one()
    {
        Write([.. Ready, .. Ready]);

        Assert.True(_inbox.TryReceive(out Frame frame, out _));
        Assert.Equal(FrameKind.Ready, frame.Kind);
        Assert.True(_inbox.TryReceive(out _, out _));
        Assert.False(_inbox.TryReceive(out _, out bool moved));
        Assert.False(moved);
    }

    [Fact]
    public void A_frame_that_is_not_whole_yet_is_waited_for()
    {
        Write([(byte)FrameKind.Output, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]);

        Assert.False(_inbox.TryReceive(out _, out bool moved));
        Assert.True(moved);
    }

    /// <summary>Something in the other process has written where it should not.</summary>
    [Theory]
    [InlineData(64, -1, 0)]
    [InlineData(63, 255, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(64, 0, -1)]
    [InlineData(64, int.MaxValue, 0)]
    public void What_is_no_frame_is_not_taken_for_one(int kind, int length, long attached)
    {
        Write([.. Ready, .. BitConverter.GetBytes(kind), .. BitConverter.GetBytes(length), .. BitConverter.GetBytes(attached)]);

        Assert.True(_inbox.TryReceive(out _, out _));
        Assert.Throws<InvalidDataException>(() => _inbox.TryReceive(out _, out _));
    }

    private void Write(byte[] bytes)
    {
        SharedRingWriter writer = new(_state, _buffer, Capacity);
        writer.Write(bytes);
        writer.Publish();
    }
}
