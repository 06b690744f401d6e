namespace Multiprocessing.Memory;

/// <summary>Reads what a <see cref="SharedRingWriter"/> of another process writes. For one thread at a time.</summary>
/// <param name="state">Where both sides note how far they are.</param>
/// <param name="buffer">The bytes.</param>
/// <param name="capacity">How many; a power of two.</param>
internal sealed unsafe class SharedRingReader(SharedRingState* state, byte* buffer, int capacity)
{
    private long _read;
    private long _writtenSeen;

    /// <summary>How many bytes can be read now.</summary>
    /// <exception cref="InvalidDataException">The other process has written where it should not.</exception>
    public int Available
    {
        get
        {
            long written = Volatile.Read(ref state->Written);
            if ((ulong)(written - _read) > (ulong)capacity)
            {
                throw new InvalidDataException("A ring of shared memory has been overwritten.");
            }

            _writtenSeen = written;
            return (int)(written - _read);
        }
    }

    /// <summary>Tells whether so many bytes can be read now.</summary>
    public bool Has(int count) => _writtenSeen - _read >= count || Available >= count;

    /// <summary>Reads as many bytes as there are and fit.</summary>
    /// <returns>How many.</returns>
    public int Read(Span<byte> into)
    {
        int count = Math.Min(into.Length, (int)(_writtenSeen - _read));
        if (count < into.Length)
        {
            count = Math.Min(into.Length, Available);
        }

        int start = (int)(_read & (capacity - 1));
        int first = Math.Min(count, capacity - start);
        new ReadOnlySpan<byte>(buffer + start, first).CopyTo(into);
        new ReadOnlySpan<byte>(buffer, count - first).CopyTo(into[first..]);
        _read += count;
        return count;
    }

    /// <summary>Lets the writer have the room of what was read.</summary>
    public void Release() => Volatile.Write(ref state->Read, _read);
}
