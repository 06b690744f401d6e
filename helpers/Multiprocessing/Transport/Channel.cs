using System.Buffers.Binary;

namespace Multiprocessing.Transport;

/// <summary>
/// Frames over a byte stream: four bytes of kind, four of length, then the payload. Sending is thread-safe, receiving is for one thread.
/// </summary>
internal sealed class Channel(Stream stream) : IDisposable
{
    private const int HeaderSize = 8;

    /// <summary>Up to this size a frame goes out in one write; a copy costs less than a second system call.</summary>
    private const int OneWrite = 32 * 1024;

    private readonly Lock _sending = new();
    private readonly byte[] _incoming = new byte[16 * 1024];
    private byte[] _outgoing = new byte[512];
    private int _start;
    private int _end;

    /// <summary>Sends a frame.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void Send(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        lock (_sending)
        {
            int first = payload.Length <= OneWrite ? payload.Length : 0;
            if (_outgoing.Length < HeaderSize + first)
            {
                _outgoing = new byte[Math.Max(HeaderSize + first, _outgoing.Length * 2)];
            }

            BinaryPrimitives.WriteInt32LittleEndian(_outgoing, (int)kind);
            BinaryPrimitives.WriteInt32LittleEndian(_outgoing.AsSpan(4), payload.Length);
            payload[..first].CopyTo(_outgoing.AsSpan(HeaderSize));
            stream.Write(_outgoing.AsSpan(0, HeaderSize + first));
            if (first < payload.Length)
            {
                stream.Write(payload);
            }
        }
    }

    /// <summary>Whether receiving does not wait: another frame has arrived whole, or what has arrived is no frame.</summary>
    public bool HasArrived => _end - _start >= HeaderSize && (!IsFrame(out _, out int length) || _end - _start - HeaderSize >= length);

    /// <summary>Waits for the next frame.</summary>
    /// <returns><see langword="null"/> when the other side has closed or is gone, or sends what is no frame.</returns>
    public Frame? Receive()
    {
        try
        {
            if (!Fill(HeaderSize))
            {
                return null;
            }

            if (!IsFrame(out FrameKind kind, out int length))
            {
                // Only something in the other process that wrote where it should not can have sent that. Nothing after it makes sense.
                return null;
            }

            _start += HeaderSize;
            byte[] payload = new byte[length];
            int buffered = Math.Min(length, _end - _start);
            _incoming.AsSpan(_start, buffered).CopyTo(payload);
            _start += buffered;
            return stream.ReadAtLeast(payload.AsSpan(buffered), length - buffered, throwOnEndOfStream: false) < length - buffered
                ? null
                : new Frame(kind, payload);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OutOfMemoryException)
        {
            // A killed process resets the connection; that is an end like any other.
            return null;
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Reads the header that is in the buffer.</summary>
    private bool IsFrame(out FrameKind kind, out int length)
    {
        kind = (FrameKind)BinaryPrimitives.ReadInt32LittleEndian(_incoming.AsSpan(_start));
        length = BinaryPrimitives.ReadInt32LittleEndian(_incoming.AsSpan(_start + 4));
        return length >= 0 && kind is ((>= FrameKind.Greeting and <= FrameKind.Library) or (>= FrameKind.Started and <= FrameKind.Ending));
    }

    /// <summary>Reads until that many bytes are in the buffer, and as many more as there are.</summary>
    private bool Fill(int count)
    {
        if (_end - _start < count)
        {
            _incoming.AsSpan(_start, _end - _start).CopyTo(_incoming);
            (_start, _end) = (0, _end - _start);
            _end += stream.ReadAtLeast(_incoming.AsSpan(_end), count - _end, throwOnEndOfStream: false);
        }

        return _end - _start >= count;
    }
}
