using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

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
