using Multiprocessing.Serialization;

namespace Multiprocessing.Transport.Rings;

/// <summary>The worker's way to its pool: sends frames, waiting for room where there is none. For one thread at a time.</summary>
internal sealed class FrameSender(WorkerLink link, Bell poolBell)
{
    /// <summary>A lost wake-up costs no more than this.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly RingWriter _ring = link.ReplyWriter();
    private readonly byte[] _header = new byte[FrameHeader.Size];

    public void Send(RingFrameKind kind, ReadOnlySpan<byte> payload, IReadOnlyList<Attachment> attachments)
    {
        long attached = 0;
        for (int i = 0; i < attachments.Count; i++)
        {
            attached += attachments[i].Bytes.Length;
        }

        FrameHeader.Write(_header, kind, payload.Length, attached);

        // The reader counts on a header being there whole.
        Await(FrameHeader.Size);
        _ring.Write(_header);
        Write(payload);
        for (int i = 0; i < attachments.Count; i++)
        {
            Write(attachments[i].Bytes);
        }

        _ring.Publish();
    }

    /// <summary>Has the pool look at what was sent: rung by itself only where the sender must wait for room.</summary>
    public void Wake() => poolBell.Ring();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int count = _ring.Write(bytes);
            bytes = bytes[count..];
            if (bytes.Length > 0)
            {
                Publish();
                Await(1);
            }
        }
    }

    private void Publish()
    {
        _ring.Publish();
        poolBell.Ring();
    }

    private void Await(int room)
    {
        Patience patience = new(link.Workers);
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
