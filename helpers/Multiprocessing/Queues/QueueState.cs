using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>
/// What the processes of a queue share, apart from the items. What one side writes and the other does not need lies apart, two cache lines each, so that the processors' caches do not pass it
/// back and forth. All zero: a new queue without a bound.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QueueState
{
    public SettingsState Settings;
    public ProducersState Producers;
    public ConsumersState Consumers;

    /// <summary>Where consumers wait for an item.</summary>
    public SharedEventState ForItems;

    /// <summary>Where producers wait for room.</summary>
    public SharedEventState ForRoom;

    /// <summary>Where those wait who wait until everything has been done.</summary>
    public SharedEventState ForIdle;

    public FreeChunksState FreeChunks;
    public UsersState Users;

    /// <summary>What everybody reads and hardly anybody writes.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    public struct SettingsState
    {
        /// <summary>How many items there is room for; zero: no bound.</summary>
        public int Capacity;

        /// <summary>Not zero once it is.</summary>
        public int IsAddingCompleted;
    }

    /// <summary>The side that enqueues. Everything but the tail, and <see cref="FirstChunk"/>, is for who has the lock.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    public struct ProducersState
    {
        public LockState Lock;

        /// <summary>Where the next item goes.</summary>
        public QueueCursor Tail;

        /// <summary>How many items had been dequeued at the last look, so that the other side's memory is looked at only when there seems to be no room.</summary>
        public long DequeuedSeen;

        /// <summary>The number of the last chunk that was made.</summary>
        public int LastChunk;

        /// <summary>The first chunk of all.</summary>
        public int FirstChunk;

        /// <summary>The size of the last chunk that was made for no item in particular.</summary>
        public long ChunkSize;
    }

    /// <summary>The side that dequeues. Everything but the head is for who has the lock.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    public struct ConsumersState
    {
        public LockState Lock;

        /// <summary>Where the next item is.</summary>
        public QueueCursor Head;

        /// <summary>How many items had been enqueued at the last look, so that the other side's memory is looked at only when there seems to be nothing more.</summary>
        public long EnqueuedSeen;

        /// <summary>Not zero once an item has been taken to be acknowledged: there is a table of such items then (<see cref="QueueLeases"/>).</summary>
        public int HasLeases;

        /// <summary>While a new entry of that table is made, its index plus one; else zero.</summary>
        public int Leasing;

        /// <summary>Not zero if an item may have come back.</summary>
        public int HasReturned;

        /// <summary>Not zero once anybody has waited until everything is done, and is to be told. Written by whoever does.</summary>
        public int HasJoined;
    }

    /// <summary>Chunks that were emptied and wait to be filled again: number and size (<see cref="FreeChunkList"/>).</summary>
    [InlineArray(Count)]
    public struct FreeChunksState
    {
        public const int Count = 8;

        private long _first;
    }

    /// <summary>Which processes have the queue (<see cref="QueueUserTable"/>).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct UsersState
    {
        /// <summary>The number of a process that ended before its work did, when it has no entry any more; else zero.</summary>
        public int LastDeath;

        /// <summary>Not zero if not all could be entered: then nothing is known for sure.</summary>
        public int AreUsersMissing;

        /// <summary>How often a process has come.</summary>
        public int Arrivals;

        public UserEntries Entries;
    }

    [InlineArray(Count)]
    public struct UserEntries
    {
        public const int Count = 256;

        private QueueUser _first;
    }
}

/// <summary>A process that has or had a queue, in shared memory.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct QueueUser
{
    /// <summary>Which process; zero: no entry.</summary>
    public long Process;

    /// <summary>How many of its calls have the queue and have not ended.</summary>
    public int Calls;

    /// <summary>Not zero if one of them has ended otherwise than by returning.</summary>
    public short HasFailed;

    /// <summary>Not zero if the only one of them has let go of it before its end.</summary>
    public short HasLeft;
}
