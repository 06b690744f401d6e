using System.Runtime.InteropServices;

namespace Multiprocessing.Queues;

/// <summary>
/// One end of a queue, in shared memory: where it is and how many items have passed it. Only who has the end's lock changes it; whoever wants reads it. All zero: a new queue.
/// </summary>
/// <remarks>
/// A process may be killed between any two instructions, its lock still held. So a move takes effect by a single write, that of the position; where the move is to
/// lead, and what the count is to be then, is written before. If the position is that one, the count is that one, too. Whatever the dead one did, there
/// is nothing to repair.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct QueueCursor
{
    /// <summary>How often a count is read again because the end moved meanwhile, before it is taken as it is.</summary>
    private const int Attempts = 100;

    private long _position;
    private long _count;
    private long _nextPosition;
    private long _nextCount;

    /// <summary>What this end knows of the other one, so that it need not look at that one's memory every time: to the consumers, a position; to the producers, a count.</summary>
    public long Known;

    /// <summary>To the producers: the number of the last chunk that was made.</summary>
    public int LastChunk;

    /// <summary>To the producers: the first chunk of all.</summary>
    public int FirstChunk;

    /// <summary>To the producers: the size of a chunk that is made next, unless an item needs more.</summary>
    public long ChunkSize;

    /// <summary>To the producers: where the head was when they last waited for a chunk in vain.</summary>
    public QueuePosition HeadSeen;

    /// <summary>Where the end is.</summary>
    public QueuePosition Position => new(Volatile.Read(ref _position));

    /// <summary>How many items have passed: for who has the lock.</summary>
    public readonly long Count => _position == _nextPosition ? _nextCount : _count;

    /// <summary>How many items have passed: for everybody.</summary>
    public long ReadCount()
    {
        for (int attempt = 0; ; attempt++)
        {
            long position = Volatile.Read(ref _position);
            long next = Volatile.Read(ref _nextPosition);
            long count = position == next ? Volatile.Read(ref _nextCount) : Volatile.Read(ref _count);
            if ((Volatile.Read(ref _nextPosition) == next && Volatile.Read(ref _position) == position) || attempt == Attempts)
            {
                return count;
            }
        }
    }

    /// <summary>Moves the end: for who has the lock.</summary>
    public void Move(QueuePosition to, int items)
    {
        long count = Count;
        Volatile.Write(ref _count, count);
        Volatile.Write(ref _nextPosition, to.Value);
        Volatile.Write(ref _nextCount, count + items);
        Volatile.Write(ref _position, to.Value);
    }
}
