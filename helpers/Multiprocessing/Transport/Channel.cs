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
    private readonly byte[] _receivedHeader = new byte[HeaderSize];
    private byte[] _outgoing = new byte[512];

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

    /// <summary>Waits for the next frame.</summary>
    /// <returns><see langword="null"/> when the other side has closed or is gone.</returns>
    public Frame? Receive()
    {
        try
        {
            if (stream.ReadAtLeast(_receivedHeader, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
            {
                return null;
            }

            byte[] payload = new byte[BinaryPrimitives.ReadInt32LittleEndian(_receivedHeader.AsSpan(4))];
            return stream.ReadAtLeast(payload, payload.Length, throwOnEndOfStream: false) < payload.Length
                ? null
                : new Frame((FrameKind)BinaryPrimitives.ReadInt32LittleEndian(_receivedHeader), payload);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A killed process resets the connection; that is an end like any other.
            return null;
        }
    }

    public void Dispose() => stream.Dispose();
}
