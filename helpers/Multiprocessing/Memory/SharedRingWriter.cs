namespace Multiprocessing.Memory;

/// <summary>
/// Writes bytes into a ring of shared memory that one other process reads: what a reader sees is whole up to where it sees, even if the writer is killed.
/// For one thread at a time.
/// </summary>
/// <param name="state">Where both sides note how far they are.</param>
/// <param name="buffer">The bytes.</param>
/// <param name="capacity">How many; a power of two.</param>
internal sealed unsafe class SharedRingWriter(SharedRingState* state, byte* buffer, int capacity)
{
    private long _written;
    private long _readSeen;

    /// <summary>How many bytes can be written now.</summary>
    /// <exception cref="InvalidDataException">The other process has written where it should not.</exception>
    public int Room
    {
        get
        {
            long read = Volatile.Read(ref state->Read);
            if ((ulong)(_written - read) > (ulong)capacity)
            {
                throw new InvalidDataException("A ring of shared memory has been overwritten.");
            }

            _readSeen = read;
            return capacity - (int)(_written - read);
        }
    }

    /// <summary>Writes as many of the bytes as there is room for. The reader sees nothing of it before <see cref="Publish"/>.</summary>
    /// <returns>How many.</returns>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        int room = capacity - (int)(_written - _readSeen);
        if (room < bytes.Length)
        {
            room = Room;
        }

        int count = Math.Min(room, bytes.Length);
        int start = (int)(_written & (capacity - 1));
        int first = Math.Min(count, capacity - start);
        bytes[..first].CopyTo(new Span<byte>(buffer + start, first));
        bytes[first..count].CopyTo(new Span<byte>(buffer, count - first));
        _written += count;
        return count;
    }

    /// <summary>Shows the reader what was written.</summary>
    public void Publish() => Volatile.Write(ref state->Written, _written);
}
