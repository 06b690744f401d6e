using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>
/// A queue as this process sees it, whatever its items are: records in chunks of shared memory, one lock for those who enqueue and one for those who dequeue.
/// Thread-safe and process-safe.
/// </summary>
/// <remarks>
/// Whoever has a lock may be killed. The next one gets it without a word, since there is nothing to repair: an item is there from the moment the tail's position is written,
/// and gone from the moment the head's is (<see cref="QueueCursor"/>). What a dead one wrote beyond the tail is written over.
/// </remarks>
internal sealed unsafe partial class QueueCore : ITracksUsers
{
    private readonly Segment _segment;
    private readonly QueueState* _state;
    private readonly SharedLock _producers;
    private readonly SharedLock _consumers;
    private readonly QueueUserTable _users;
    private readonly ChunkCache _written;
    private readonly ChunkCache _read;
    private bool _isEntered;
    private volatile bool _hasEnqueued;
    private volatile bool _hasDequeued;

    private QueueCore(Segment segment)
    {
        _segment = segment;
        _state = (QueueState*)segment.Data;
        _producers = new SharedLock(&_state->ProducersLock, segment);
        _consumers = new SharedLock(&_state->ConsumersLock, segment);
        _users = new QueueUserTable(segment, _state);
        ChunkFiles files = new(segment);
        _written = new ChunkCache(files);
        _read = new ChunkCache(files);
        Assemblies = new QueueAssemblies(segment);
    }

    /// <summary>The assemblies that its items need.</summary>
    public QueueAssemblies Assemblies { get; }

    /// <summary>The shared objects in its items.</summary>
    public SentObjects Sent { get; } = new();

    public bool IsAddingCompleted
    {
        get
        {
            bool completed = Volatile.Read(ref _state->IsAddingCompleted) != 0;
            GC.KeepAlive(this);
            return completed;
        }
    }

    public bool IsEmpty
    {
        get
        {
            bool empty = _state->Head.Position == _state->Tail.Position;
            GC.KeepAlive(this);
            return empty;
        }
    }

    /// <summary>Where consumers wait for an item, or for the end.</summary>
    private SharedEvent ForItems => new(&_state->ForItems, _segment);

    /// <summary>Where producers wait for room, or for the end.</summary>
    private SharedEvent ForRoom => new(&_state->ForRoom, _segment);

    /// <summary>How many items are in it, at about this moment.</summary>
    public long Count
    {
        get
        {
            // The head first: it never overtakes the tail.
            long dequeued = _state->Head.ReadCount();
            long count = IsEmpty ? 0 : Math.Max(1, _state->Tail.ReadCount() - dequeued);
            GC.KeepAlive(this);
            return count;
        }
    }

    /// <summary>How many items there is room for; null if there is no bound.</summary>
    public int? Capacity
    {
        get
        {
            int capacity = _state->Capacity;
            GC.KeepAlive(this);
            return capacity == 0 ? null : capacity;
        }
    }

    /// <summary>Makes a queue in a segment of its own, of which the caller is the user.</summary>
    /// <param name="capacity">How many items there is room for; zero: no bound.</param>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static Segment Create(int capacity)
    {
        Segment segment = Segment.Create(sizeof(QueueState));
        ((QueueState*)segment.Data)->Capacity = capacity;
        return segment;
    }

    /// <summary>The queue of a segment, one for all objects of this process.</summary>
    public static QueueCore Of(Segment segment)
    {
        QueueCore core = segment.Attachment(static segment => new QueueCore(segment));
        if (!Interlocked.Exchange(ref core._isEntered, true))
        {
            core._users.EnterThis();
            TrackedObjects.Note(core);
        }

        return core;
    }

    /// <summary>Ends the adding, for every process. No item that is being enqueued now comes after it.</summary>
    public void CompleteAdding(in QueueCall call)
    {
        Enter(_producers, call);
        Volatile.Write(ref _state->IsAddingCompleted, 1);
        _producers.Exit();
        WakeAll();
    }

    public void EnterUser(long process) => _users.Enter(process);

    public void LeaveUser(long process, bool failed, bool all) => _users.Leave(process, failed, all);

    public void NoteDeath(int process) => _users.NoteDeath(process);

    /// <summary>The number of a process that ended before its work did, if no other one is left that has the queue.</summary>
    public int? FindDeath() => _users.FindDeath();

    /// <summary>Gives back the memory of the items as far as nobody uses it at this moment. It is mapped again when it is needed.</summary>
    public void Unmap()
    {
        Unmap(_producers, _written);
        Unmap(_consumers, _read);
    }

    private static void Unmap(SharedLock gate, ChunkCache cache)
    {
        // If somebody has it, the collector does it, once nobody can use it any more. If somebody had it and died, nothing is half done.
        if (gate.TryEnter(out _))
        {
            cache.Clear();
            gate.Exit();
        }
    }

    /// <summary>
    /// Enters one of the queue's locks. Who has it copies an item, makes a chunk, or waits a few milliseconds for one (<see cref="AwaitFreeChunk"/>), but never for the other side. If it dies, nothing is half done.
    /// </summary>
    private void Enter(SharedLock gate, in QueueCall call)
    {
        do
        {
            call.ThrowIfEnded();
            if (_segment.IsClosed)
            {
                throw SegmentParts.Gone();
            }
        }
        while (!gate.TryEnter(out _) && !gate.TryEnter(WaitDeadline.Never.NextSlice, out _));
    }
}
