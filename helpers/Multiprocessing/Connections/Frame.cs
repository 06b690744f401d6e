using System.Buffers.Binary;
using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>One message.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Payload">What it carries.</param>
/// <param name="Attachments">Where the large arrays beside it come from, until the next frame is received; null if there are none.</param>
internal readonly record struct Frame(FrameKind Kind, byte[] Payload, IAttachmentSource? Attachments);

/// <summary>What stands before a frame's payload: its kind, its length, and how many bytes of attachments follow it.</summary>
/// <param name="Kind">What the frame says.</param>
/// <param name="Length">Bytes of its payload.</param>
/// <param name="Attached">Bytes of its attachments.</param>
internal readonly record struct FrameHeader(FrameKind Kind, int Length, long Attached)
{
    public const int Size = 16;

    public static void Write(Span<byte> header, FrameKind kind, int length, long attached)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, (int)kind);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], length);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], attached);
    }

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidDataException">It is none: only something in the other process that wrote where it should not can have sent that. Nothing after it makes sense.</exception>
    public static FrameHeader Read(ReadOnlySpan<byte> header)
    {
        FrameKind kind = (FrameKind)BinaryPrimitives.ReadInt32LittleEndian(header);
        int length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        long attached = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        return kind is (>= FrameKind.StartInfo and <= FrameKind.End) or (>= FrameKind.Ready and <= FrameKind.Ending) && length >= 0 && length <= Array.MaxLength && attached >= 0
            ? new FrameHeader(kind, length, attached)
            : throw new InvalidDataException("What was received is no frame.");
    }
}
