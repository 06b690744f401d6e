using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multiprocessing.Serialization;

/// <summary>A growing buffer of little-endian primitives. Not thread-safe.</summary>
internal sealed class PayloadWriter
{
    private byte[] _buffer = new byte[512];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Begins anew, in the same buffer.</summary>
    public void Clear() => Length = 0;

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    /// <summary>Writes a non-negative number in as few bytes as it takes, seven bits in each.</summary>
    public void WriteCount(int value)
    {
        Debug.Assert(value >= 0, "A count is not negative.");
        uint rest = (uint)value;
        while (rest >= 0x80)
        {
            WriteByte((byte)(rest | 0x80));
            rest >>= 7;
        }

        WriteByte((byte)rest);
    }

    /// <summary>Writes UTF-16 code units as they are, so that lone surrogates survive.</summary>
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteCount(0);
            return;
        }

        WriteCount(value.Length + 1);
        WriteBytes(TextBytes.Of(value));
    }

    public void WriteGuid(Guid value) => value.TryWriteBytes(Reserve(16));

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Length < count)
        {
            Grow(count);
        }

        Span<byte> reserved = _buffer.AsSpan(Length, count);
        Length += count;
        return reserved;
    }

    private void Grow(int count)
    {
        long needed = (long)Length + count;
        if (needed > Array.MaxLength)
        {
            throw new FullException();
        }

        Array.Resize(ref _buffer, (int)Math.Min(Math.Max(needed, _buffer.Length * 2L), Array.MaxLength));
    }

    /// <summary>More than 2 GB at once. Only the caller knows what it was that did not fit any more.</summary>
    internal sealed class FullException : Exception;
}

/// <summary>
/// Text as its UTF-16 code units, so that lone surrogates survive. By reference, not by <c>MemoryMarshal.Cast</c>: that has no code compiled ahead of time.
/// </summary>
internal static class TextBytes
{
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<char> text) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text)), text.Length * sizeof(char));

    public static ReadOnlySpan<char> ToText(ReadOnlySpan<byte> bytes) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, char>(ref MemoryMarshal.GetReference(bytes)), bytes.Length / sizeof(char));

    public static string ToString(ReadOnlySpan<byte> bytes) => new(ToText(bytes));
}
