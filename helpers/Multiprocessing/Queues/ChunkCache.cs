namespace Multiprocessing.Queues;

/// <summary>
/// The chunks that one side of a queue has mapped in this process: a few, since a steady stream goes round in the same ones. Only for the thread that has that side's lock.
/// </summary>
internal sealed class ChunkCache(ChunkFiles files)
{
    /// <summary>A larger chunk is not kept mapped for later.</summary>
    private const long LargestKept = 16 << 20;

    private readonly Chunk?[] _kept = new Chunk?[QueueState.FreeChunksState.Count];
    private int _next;
    private Chunk? _current;

    /// <summary>The chunk of that number.</summary>
    /// <exception cref="ObjectDisposedException">The queue is gone.</exception>
    public Chunk this[int number] => _current is { } current && current.Number == number ? current : Switch(number);

    /// <summary>Makes a chunk.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public Chunk Create(int number, long size)
    {
        Chunk made = new(number, files.Create(number, size));
        SetCurrent(made);
        return made;
    }

    /// <summary>Ends the use of a chunk here and deletes it.</summary>
    public void Delete(int number)
    {
        if (_current?.Number == number)
        {
            _current.Unmap();
            _current = null;
        }

        TakeKept(number)?.Unmap();
        files.Delete(number);
    }

    /// <summary>Gives back all memory.</summary>
    public void Clear()
    {
        _current?.Unmap();
        _current = null;
        foreach (Chunk? chunk in _kept)
        {
            chunk?.Unmap();
        }

        Array.Clear(_kept);
    }

    private Chunk Switch(int number)
    {
        Chunk chunk = TakeKept(number) ?? new Chunk(number, files.Open(number));
        SetCurrent(chunk);
        return chunk;
    }

    private void SetCurrent(Chunk chunk)
    {
        if (_current is { Size: > LargestKept })
        {
            _current.Unmap();
        }
        else if (_current is not null)
        {
            Keep(_current);
        }

        _current = chunk;
    }

    /// <summary>Keeps a chunk mapped; if there are too many, the one that has been kept longest goes, about.</summary>
    private void Keep(Chunk chunk)
    {
        int place = Array.IndexOf(_kept, null);
        if (place < 0)
        {
            place = _next;
            _next = (_next + 1) % _kept.Length;
            _kept[place]!.Unmap();
        }

        _kept[place] = chunk;
    }

    private Chunk? TakeKept(int number)
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (_kept[i] is { } chunk && chunk.Number == number)
            {
                _kept[i] = null;
                return chunk;
            }
        }

        return null;
    }
}
