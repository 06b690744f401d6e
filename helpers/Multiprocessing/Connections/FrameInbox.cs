using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>Receives frames from a ring without ever waiting; only for attachments, which are on their way by then, it waits. For one thread at a time.</summary>
/// <param name="ring">Where they come from.</param>
/// <param name="awaitMore">Passes a moment when the ring is empty; false if nothing will come any more.</param>
internal sealed class FrameInbox(SharedRingReader ring, Func<bool> awaitMore) : IAttachmentSource
{
    private readonly byte[] _header = new byte[FrameHeader.Size];
    private byte[]? _payload;
    private int _received;
    private FrameHeader _next;
    private long _attached;

    /// <summary>Whether a frame has begun to come and is not there whole.</summary>
    public bool IsPartial => _payload is not null || _attached > 0;

    /// <inheritdoc/>
    public long Remaining => _attached;

    /// <summary>Takes the next frame, if all of its payload has come.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="moved">Whether anything was taken from the ring, so that there is more room in it.</param>
    /// <exception cref="InvalidDataException">What has come is no frame, and nothing after it is.</exception>
    public bool TryReceive(out Frame frame, out bool moved)
    {
        moved = false;
        frame = default;
        if (_payload is null)
        {
            SkipAttachments();
            if (!ring.Has(FrameHeader.Size))
            {
                return false;
            }

            ring.Read(_header);
            _next = FrameHeader.Read(_header);
            _payload = _next.Length == 0 ? [] : GC.AllocateUninitializedArray<byte>(_next.Length);
            _received = 0;
            moved = true;
        }

        int count = ring.Read(_payload.AsSpan(_received));
        _received += count;
        if (moved || count > 0)
        {
            moved = true;
            ring.Release();
        }

        if (_received < _payload.Length)
        {
            return false;
        }

        _attached = _next.Attached;
        frame = new Frame(_next.Kind, _payload, _attached > 0 ? this : null);
        _payload = null;
        return true;
    }

    /// <inheritdoc/>
    public void Read(Span<byte> into)
    {
        while (into.Length > 0)
        {
            int count = ring.Read(into);
            ring.Release();
            into = into[count..];
            _attached -= count;
            if (count == 0 && !awaitMore())
            {
                throw new WorkerEndedException();
            }
        }
    }

    /// <summary>What nobody has read is of no use: the frame was of a call that has ended, or could not be rebuilt.</summary>
    private void SkipAttachments()
    {
        Span<byte> nowhere = stackalloc byte[4096];
        while (_attached > 0)
        {
            try
            {
                Read(nowhere[..(int)Math.Min(_attached, nowhere.Length)]);
            }
            catch (IOException)
            {
                _attached = 0;
            }
        }
    }
}

/// <summary>A worker ended while it sent a large array. How, its end tells.</summary>
internal sealed class WorkerEndedException() : IOException("The worker ended while it sent a large array.");
