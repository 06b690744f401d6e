using System.Buffers.Binary;

namespace Multiprocessing.Transport.Rings;

/// <summary>Receives frames from a ring without ever waiting. For one thread at a time.</summary>
internal sealed class FrameInbox(RingReader ring)
{
    private readonly byte[] _header = new byte[FrameOutbox.HeaderSize];
    private byte[]? _payload;
    private int _received;

    /// <summary>Takes the next frame, if all of it has come.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="moved">Whether anything was taken from the ring, so that there is more room in it.</param>
    public bool TryReceive(out RingFrame frame, out bool moved)
    {
        moved = false;
        frame = default;
        if (_payload is null)
        {
            if (!ring.Has(FrameOutbox.HeaderSize))
            {
                return false;
            }

            ring.Read(_header);
            int length = BinaryPrimitives.ReadInt32LittleEndian(_header.AsSpan(4));
            _payload = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(length);
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

        frame = new RingFrame((RingFrameKind)BinaryPrimitives.ReadInt32LittleEndian(_header), _payload);
        _payload = null;
        return true;
    }
}
