namespace Multiprocessing.Queues;

/// <summary>A place in a queue, as one word: the chunk's number, and in it the offset, in units of 8 bytes. Chunk zero is none: nothing has been enqueued yet.</summary>
internal readonly record struct QueuePosition(long Value)
{
    public QueuePosition(int chunk, long offset)
        : this(((long)chunk << 32) | (offset >> 3))
    {
    }

    public int Chunk => (int)(Value >> 32);

    /// <summary>In bytes.</summary>
    public long Offset => (long)(uint)Value << 3;
}
