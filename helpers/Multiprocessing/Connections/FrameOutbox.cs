using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>Sends frames into a ring without ever waiting: what has no room yet is kept. For one thread at a time.</summary>
internal sealed class FrameOutbox(SharedRingWriter ring)
{
    /// <summary>Frames and attachments, in their order.</summary>
    private readonly Queue<Attachment> _kept = new();
    private readonly byte[] _header = new byte[FrameHeader.Size];
    private int _sent;

    /// <summary>Whether everything has gone.</summary>
    public bool IsEmpty => _kept.Count == 0;

    /// <summary>Takes a frame, and sends what there is room for.</summary>
    /// <param name="kind">What it says.</param>
    /// <param name="payload">What it carries; copied if it cannot go at once.</param>
    /// <param name="attachments">What goes with it. They must not change until they have gone.</param>
    /// <returns>How many bytes go with it.</returns>
    public long Post(FrameKind kind, ReadOnlySpan<byte> payload, IReadOnlyList<Attachment> attachments)
    {
        long attached = 0;
        for (int i = 0; i < attachments.Count; i++)
        {
            attached += attachments[i].Bytes.Length;
        }

        FrameHeader.Write(_header, kind, payload.Length, attached);
        if (_kept.Count == 0 && ring.Room >= FrameHeader.Size + payload.Length)
        {
            ring.Write(_header);
            ring.Write(payload);
            ring.Publish();
        }
        else
        {
            _kept.Enqueue(new Attachment((byte[])[.. _header, .. payload], 1));
        }

        for (int i = 0; i < attachments.Count; i++)
        {
            _kept.Enqueue(attachments[i]);
        }

        return attached;
    }

    /// <summary>Sends as much of what was kept as there is room for.</summary>
    /// <returns>Whether anything went.</returns>
    public bool Push()
    {
        bool moved = false;
        while (_kept.TryPeek(out Attachment? next))
        {
            ReadOnlySpan<byte> bytes = next.Bytes;
            int count = ring.Write(bytes[_sent..]);
            _sent += count;
            moved |= count > 0;
            if (_sent < bytes.Length)
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
