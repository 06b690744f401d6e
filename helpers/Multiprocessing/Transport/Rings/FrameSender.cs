using System.Buffers.Binary;

namespace Multiprocessing.Transport.Rings;

/// <summary>The worker's way to its pool: sends frames, waiting for room where there is none. For one thread at a time.</summary>
internal sealed class FrameSender(WorkerLink link, Bell poolBell)
{
    /// <summary>A lost wake-up costs no more than this.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly RingWriter _ring = link.ReplyWriter();
    private readonly byte[] _header = new byte[FrameOutbox.HeaderSize];

    public void Send(RingFrameKind kind, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_header, (int)kind);
        BinaryPrimitives.WriteInt32LittleEndian(_header.AsSpan(4), payload.Length);

        // The reader counts on a header being there whole.
        Await(FrameOutbox.HeaderSize);
        _ring.Write(_header);
        for (int sent = 0; sent < payload.Length;)
        {
            int count = _ring.Write(payload[sent..]);
            sent += count;
            if (count == 0)
            {
                Publish();
                Await(1);
            }
        }

        Publish();
    }

    private void Publish()
    {
        _ring.Publish();
        poolBell.Ring();
    }

    private void Await(int room)
    {
        Patience patience = default;
        while (_ring.Room < room)
        {
            if (patience.Spin())
            {
                continue;
            }

            int seen = link.WorkerBell.Listen();
            if (_ring.Room < room)
            {
                link.WorkerBell.Wait(seen, Slice);
            }
        }
    }
}
