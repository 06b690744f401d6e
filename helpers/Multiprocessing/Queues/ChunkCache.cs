using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>
/// The chunks that one side of a queue has mapped in this process: a few, since a steady stream goes round in the same ones. Only for the thread that has that side's lock.
/// </summary>
/// <remarks>Worth its lines: mapped anew each time, arrays of 1 MB go through at a quarter to a half of the speed.</remarks>
internal sealed class ChunkCache(ChunkFiles files)
{
    /// <summary>A larger chunk is not kept mapped for later.</summary>
    private const long LargestKept = 16 << 20;

    /// <summary>All that may be free, and the one in use.</summary>
    private const int Most = QueueState.FreeChunksState.Count + 1;

    /// <summary>The one in use is the last, the one that was in use longest ago the first.</summary>
    private readonly List<Chunk> _mapped = new(Most);

    /// <summary>The chunk of that number, which is the one in use from now on.</summary>
    /// <exception cref="ObjectDisposedException">The queue is gone.</exception>
    public Chunk this[int number]
    {
        get
        {
            if (_mapped.Count > 0 && _mapped[^1] is { } current && current.Number == number)
            {
                return current;
            }

            return Use(TryTake(number) ?? new Chunk(number, files.Open(number)));
        }
    }

    /// <summary>Makes a chunk, which is the one in use from now on.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public Chunk Create(int number, long size) => Use(new Chunk(number, files.Create(number, size)));

    /// <summary>Ends the use of a chunk here and deletes it.</summary>
    public void Delete(int number)
    {
        TryTake(number)?.Unmap();
        files.Delete(number);
    }

    /// <summary>Gives back all memory.</summary>
    public void Clear()
    {
        _mapped.ForEach(static chunk => chunk.Unmap());
        _mapped.Clear();
    }

    private Chunk Use(Chunk chunk)
    {
        if (_mapped.Count > 0 && _mapped[^1].Size > LargestKept)
        {
            Drop(_mapped.Count - 1);
        }
        else if (_mapped.Count == Most)
        {
            Drop(0);
        }

        _mapped.Add(chunk);
        return chunk;
    }

    private Chunk? TryTake(int number)
    {
        int index = _mapped.FindIndex(chunk => chunk.Number == number);
        Chunk? taken = index < 0 ? null : _mapped[index];
        if (taken is not null)
        {
            _mapped.RemoveAt(index);
        }

        return taken;
    }

    private void Drop(int index)
    {
        _mapped[index].Unmap();
        _mapped.RemoveAt(index);
    }
}

/// <summary>A piece of a queue's items, as one side has it mapped in this process: record after record, the last one a jump to the next chunk.</summary>
internal sealed unsafe class Chunk(int number, MappedFile file)
{
    /// <summary>Which one; from 1.</summary>
    public int Number => number;

    public byte* Start { get; } = file.Start;

    /// <summary>In bytes.</summary>
    public long Size { get; } = file.Size;

    /// <summary>Whether a record fits, and a jump after it.</summary>
    public bool HasRoom(long offset, long size) => offset + size + Record.Head <= Size;

    public void Unmap() => file.Dispose();
}
