using System.Buffers.Binary;
using System.Diagnostics;

namespace Multiprocessing.Serialization;

/// <summary>Reads what <see cref="PayloadWriter"/> wrote, in the same order. Not thread-safe.</summary>
internal sealed class PayloadReader(ReadOnlyMemory<byte> payload)
{
    private int _position;

    public byte ReadByte() => Take(1)[0];

    public bool ReadBoolean() => ReadByte() != 0;

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public int ReadCount()
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            Debug.Assert(shift < 35, "A count takes five bytes at most.");
            byte part = ReadByte();
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return (int)value;
            }
        }
    }

    public string? ReadString()
    {
        int length = ReadCount();
        return length == 0 ? null : TextBytes.ToString(Take((length - 1) * sizeof(char)));
    }

    public Guid ReadGuid() => new(Take(16));

    public ReadOnlySpan<byte> ReadBytes(int count) => Take(count);

    /// <summary>The next bytes, where they are.</summary>
    public ReadOnlyMemory<byte> ReadMemory(int count)
    {
        ReadOnlyMemory<byte> memory = payload.Slice(_position, count);
        _position += count;
        return memory;
    }

    /// <summary>What has not been read yet.</summary>
    public ReadOnlyMemory<byte> Rest => payload[_position..];

    private ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = payload.Span.Slice(_position, count);
        _position += count;
        return taken;
    }
}
