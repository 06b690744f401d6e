using System.Buffers.Binary;

namespace Multiprocessing.Transport.Rings;

/// <summary>Sends frames into a ring without ever waiting: what has no room yet is kept. For one thread at a time.</summary>
internal sealed class FrameOutbox(RingWriter ring)
{
    public const int HeaderSize = 8;

    private readonly Queue<byte[]> _kept = new();
    private readonly byte[] _header = new byte[HeaderSize];
    private int _sent;

    /// <summary>Whether everything has gone.</summary>
    public bool IsEmpty => _kept.Count == 0;

    /// <summary>Takes a frame, and sends it if there is room.</summary>
    public void Post(RingFrameKind kind, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_header, (int)kind);
        BinaryPrimitives.WriteInt32LittleEndian(_header.AsSpan(4), payload.Length);
        if (_kept.Count == 0 && ring.Room >= HeaderSize + payload.Length)
        {
            ring.Write(_header);
            ring.Write(payload);
            ring.Publish();
            return;
        }

        _kept.Enqueue([.. _header, .. payload]);
    }

    /// <summary>Sends as much of what was kept as there is room for.</summary>
    /// <returns>Whether anything went.</returns>
    public bool Push()
    {
        bool moved = false;
        while (_kept.TryPeek(out byte[]? next))
        {
            int count = ring.Write(next.AsSpan(_sent));
            _sent += count;
            moved |= count > 0;
            if (_sent < next.Length)
            {
                break;
            }

            _kept.Dequeue();
            _sent = 0;
        }

        if (moved)
        {
            ring.Publish();
        }

        return moved;
    }
}
