using System.Buffers.Binary;

namespace Multiprocessing.Transport.Rings;

/// <summary>What stands before a frame's payload: its kind, its length, and how many bytes of attachments follow it.</summary>
internal static class FrameHeader
{
    public const int Size = 16;

    public static void Write(Span<byte> header, RingFrameKind kind, int length, long attached)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, (int)kind);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], length);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], attached);
    }

    public static RingFrameKind Kind(ReadOnlySpan<byte> header) => (RingFrameKind)BinaryPrimitives.ReadInt32LittleEndian(header);

    public static int Length(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header[4..]);

    public static long Attached(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
}
