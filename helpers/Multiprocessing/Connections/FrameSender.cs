using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>The worker's way to its parent: sends frames, waiting for room where there is none. Thread-safe: any thread of a function may print.</summary>
internal sealed class FrameSender(ConnectionMemory memory, ParentLine parent)
{
    private readonly Lock _sending = new();
    private readonly SharedRingWriter _ring = memory.ReplyWriter();
    private readonly byte[] _header = new byte[FrameHeader.Size];

    /// <summary>Sends a frame, without waking the parent, unless it has to make room.</summary>
    public void Send(FrameKind kind, ReadOnlySpan<byte> payload, IReadOnlyList<Attachment> attachments)
    {
        lock (_sending)
        {
            SendWhole(kind, payload, attachments);
        }
    }

    /// <summary>Has the parent look at what was sent.</summary>
    public void Wake() => parent.Wake();

    private void SendWhole(FrameKind kind, ReadOnlySpan<byte> payload, IReadOnlyList<Attachment> attachments)
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
        parent.Wake();
    }

    private void Await(int room)
    {
        SpinBudget spinning = new(SpinBudget.Among(Volatile.Read(ref memory.State.Parent.Workers)));
        while (_ring.Room < room)
        {
            if (spinning.Spin())
            {
                continue;
            }

            int seen = memory.WorkerEvent.PrepareWait();
            if (_ring.Room < room)
            {
                memory.WorkerEvent.Wait(seen, WaitDeadline.Slice);
            }
        }
    }
}
