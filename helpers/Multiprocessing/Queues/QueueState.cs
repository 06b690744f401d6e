using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>
/// What the processes of a queue share, apart from the items. What one side writes and the other does not need lies apart, so that the processors' caches do not pass it
/// back and forth. All zero: a new queue without a bound.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = UsersAt + (Users * 16))]
internal unsafe struct QueueState
{
    public const int FreeChunks = 8;
    public const int Users = 256;
    private const int UsersAt = 768;

    /// <summary>How many items there is room for; zero: no bound.</summary>
    [FieldOffset(0)]
    public int Capacity;

    /// <summary>Not zero once it is.</summary>
    [FieldOffset(4)]
    public int IsAddingCompleted;

    [FieldOffset(128)]
    public LockState ProducersLock;

    [FieldOffset(192)]
    public QueueCursor Tail;

    [FieldOffset(256)]
    public LockState ConsumersLock;

    [FieldOffset(320)]
    public QueueCursor Head;

    /// <summary>Where consumers wait for an item.</summary>
    [FieldOffset(384)]
    public SharedEventState ForItems;

    /// <summary>Where producers wait for room.</summary>
    [FieldOffset(512)]
    public SharedEventState ForRoom;

    /// <summary>Chunks that were emptied and wait to be filled again: number and size (<see cref="FreeChunkList"/>).</summary>
    [FieldOffset(640)]
    public fixed long FreeChunkWords[FreeChunks];

    /// <summary>The number of a process that ended before its work did, when it has no entry any more; else zero.</summary>
    [FieldOffset(704)]
    public int LastDeath;

    /// <summary>Not zero if there were more processes than entries: then nothing is known for sure.</summary>
    [FieldOffset(708)]
    public int AreUsersMissing;

    /// <summary>How often a process has come (<see cref="QueueUserTable.Arrivals"/>).</summary>
    [FieldOffset(712)]
    public int Arrivals;

    /// <summary>The first of the entries (<see cref="QueueUserTable"/>).</summary>
    [FieldOffset(UsersAt)]
    public QueueUser FirstUser;
}
