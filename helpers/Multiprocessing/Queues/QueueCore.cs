using System.Diagnostics;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Queues;

/// <summary>
/// A queue as this process sees it, whatever its items are: records in chunks of shared memory, one lock for those who enqueue and one for those who dequeue.
/// Thread-safe and process-safe.
/// </summary>
/// <remarks>
/// Whoever has a lock may be killed. The next one gets it without a word, since there is nothing to repair: an item is there from the moment the tail has moved,
/// and gone from the moment the head has (<see cref="QueueCursor"/>). What a dead one wrote beyond the tail is written over.
/// </remarks>
internal sealed unsafe class QueueCore : ITracksUsers
{
    private readonly SerializationContext _context;
    private readonly Segment _segment;
    private readonly QueueState* _state;
    private readonly QueueWriter _writer;
    private readonly QueueReader _reader;
    private readonly QueueUserTable _users;
    private readonly QueueChanges _changes;
    private bool _isEntered;
    private volatile bool _hasEnqueued;
    private volatile bool _hasDequeued;

    private QueueCore(Segment segment, SerializationContext context)
    {
        _context = context;
        _segment = segment;
        _state = (QueueState*)segment.Data;
        _writer = new QueueWriter(segment, _state);
        _reader = new QueueReader(segment, _state);
        _users = new QueueUserTable(segment, &_state->Users);
        _changes = new QueueChanges(segment, _state, context);
        Assemblies = new QueueAssemblies(segment, context);
    }

    /// <summary>What this process packs and rebuilds items by.</summary>
    public SerializationContext Context => _context;

    /// <summary>The assemblies that its items need.</summary>
    public QueueAssemblies Assemblies { get; }

    /// <summary>Who has it.</summary>
    public QueueUserTable Users => _users;

    /// <summary>The shared objects in its items.</summary>
    public SentObjects Sent { get; } = new();

    public bool IsAddingCompleted
    {
        get
        {
            bool completed = Volatile.Read(ref _state->Settings.IsAddingCompleted) != 0;
            GC.KeepAlive(this);
            return completed;
        }
    }

    public bool IsEmpty => Count == 0;

    /// <summary>Whether there is no item, and none will come or come back.</summary>
    public bool IsCompleted => IsAddingCompleted && IsIdle;

    /// <summary>How many items are in it, at about this moment. If it is none, there was none at the end of this.</summary>
    public long Count
    {
        get
        {
            // The head first: it never overtakes the tail, and neither goes back.
            long dequeued = _state->Consumers.Head.Read().Count;
            long count = _state->Producers.Tail.Read().Count - dequeued;
            Debug.Assert(count >= 0, "Nothing is dequeued before it is enqueued.");
            GC.KeepAlive(this);
            return count;
        }
    }

    /// <summary>How many items there is room for; null if there is no bound.</summary>
    public int? Capacity
    {
        get
        {
            int capacity = _state->Settings.Capacity;
            GC.KeepAlive(this);
            return capacity == 0 ? null : capacity;
        }
    }

    /// <summary>Makes a queue in a segment of its own, of which the caller is the user.</summary>
    /// <param name="memory">Where it belongs.</param>
    /// <param name="capacity">How many items there is room for; zero: no bound.</param>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static Segment Create(SharedMemory memory, int capacity)
    {
        Segment segment = memory.Create(sizeof(QueueState));
        ((QueueState*)segment.Data)->Settings.Capacity = capacity;
        return segment;
    }

    /// <summary>The queue of a segment, one for all objects of this process.</summary>
    public static QueueCore Of(Segment segment, SerializationContext context)
    {
        QueueCore core = segment.Attachment(segment => new QueueCore(segment, context));
        if (!Interlocked.Exchange(ref core._isEntered, true))
        {
            core._users.EnterThis();
            context.Memory.Track(core);
        }

        return core;
    }

    /// <summary>Enqueues an item.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="content">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="call">Whose call it is, and how long to wait for room.</param>
    /// <returns>False if the time was up before there was room.</returns>
    /// <exception cref="InvalidOperationException">Adding has been completed.</exception>
    public bool TryEnqueue(RecordKind kind, ref readonly byte content, long length, in QueueCall call)
    {
        while (true)
        {
            Enter(_writer.Lock, call);
            try
            {
                if (_state->Settings.IsAddingCompleted != 0)
                {
                    throw new InvalidOperationException("Nothing can be enqueued any more: CompleteAdding has been called.");
                }

                if (_writer.HasRoom())
                {
                    _writer.Write(kind, in content, length);
                    break;
                }
            }
            finally
            {
                _writer.Lock.Exit();
            }

            if (!_changes.Wait(this, QueueAim.Room, call))
            {
                return false;
            }
        }

        _hasEnqueued = true;
        _changes.ForItems.Set();
        GC.KeepAlive(this);
        return true;
    }

    /// <summary>Finds the next item. If there is one, the consumers' lock is held until <see cref="EndDequeue"/>.</summary>
    /// <param name="call">Whose call it is, and how long to wait for one.</param>
    /// <param name="record">The item.</param>
    public DequeueResult BeginDequeue(in QueueCall call, out Record record)
    {
        while (true)
        {
            // Asked first: an item that comes after the answer is found below.
            bool completed = IsAddingCompleted;
            Enter(_reader.Lock, call);
            bool found = false;
            try
            {
                _reader.Leases.Settle();
                found = _reader.TryFind(out record);
            }
            finally
            {
                if (!found)
                {
                    _reader.Lock.Exit();
                }
            }

            if (found)
            {
                return DequeueResult.Item;
            }

            // What is out may come back.
            if (completed && !_reader.Leases.HasAny)
            {
                return DequeueResult.Complete;
            }

            if (!_changes.Wait(this, QueueAim.Item, call))
            {
                return DequeueResult.TimeIsUp;
            }
        }
    }

    /// <summary>Ends what <see cref="BeginDequeue"/> began.</summary>
    /// <param name="record">The item.</param>
    /// <param name="taken">Whether the caller has it now; else it stays.</param>
    public void EndDequeue(in Record record, bool taken)
    {
        try
        {
            if (taken)
            {
                _reader.Take(record);
            }
        }
        finally
        {
            LeaveAsConsumer();
        }

        if (Volatile.Read(ref _state->Consumers.HasJoined) != 0)
        {
            NotifyDone();
        }

        GC.KeepAlive(this);
    }

    /// <summary>Ends what <see cref="BeginDequeue"/> began: the caller has the item until it is settled.</summary>
    /// <exception cref="InvalidOperationException">Too many are out. The item stays.</exception>
    public QueueLease EndDequeueOnLease(in Record record)
    {
        try
        {
            return _reader.TakeOnLease(record);
        }
        finally
        {
            LeaveAsConsumer();
        }
    }

    /// <summary>Ends a lease.</summary>
    /// <param name="lease">It; again, nothing happens.</param>
    /// <param name="isDone">Whether the item is done with; else it is taken once more.</param>
    /// <returns>False if the queue is gone, and the item with it.</returns>
    public bool Settle(QueueLease lease, bool isDone)
    {
        do
        {
            if (_segment.IsClosed)
            {
                return false;
            }
        }
        while (!_reader.Lock.TryEnter(out _) && !_reader.Lock.TryEnter(WaitDeadline.Never.NextSlice, out _));

        try
        {
            _reader.Leases.Settle();
            if (_reader.Leases.Has(lease))
            {
                if (isDone)
                {
                    _reader.Drop(lease.Index);
                }
                else
                {
                    _reader.Leases.Return(lease.Index);
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // It went just now.
            return false;
        }
        finally
        {
            _reader.Lock.Exit();
        }

        NotifyDone();
        GC.KeepAlive(this);
        return true;
    }

    /// <summary>Takes back what the dead have taken, and tells who waits for items, unless somebody has the lock just now.</summary>
    public void ReturnDead()
    {
        if (!_reader.Lock.TryEnter(out _))
        {
            return;
        }

        try
        {
            _reader.Leases.Settle();
            _reader.Leases.ReturnDead();
        }
        finally
        {
            _reader.Lock.Exit();
        }

        if (_reader.Leases.HasReturned)
        {
            _changes.ForItems.Set();
        }

        GC.KeepAlive(this);
    }

    /// <summary>Waits until nothing is in the queue, and nothing that was taken is still to be acknowledged.</summary>
    /// <returns>False if the time was up before.</returns>
    public bool Join(in QueueCall call)
    {
        BeginJoin(call);
        return WaitFor(QueueAim.Idle, call);
    }

    /// <summary>Waits until it has come about, or is not to be waited for any more.</summary>
    /// <returns>False if the time was up before.</returns>
    public bool WaitFor(QueueAim aim, in QueueCall call)
    {
        call.ThrowIfEnded();
        ThrowIfClosed();
        return IsReady(aim) || _changes.Wait(this, aim, call);
    }

    /// <summary>Announces that somebody waits until everything is done.</summary>
    public void BeginJoin(in QueueCall call)
    {
        call.ThrowIfEnded();
        ThrowIfClosed();
        Volatile.Write(ref _state->Consumers.HasJoined, 1);
        Interlocked.MemoryBarrier();
        GC.KeepAlive(this);
    }

    /// <summary>Ends the adding, for every process. No item that is being enqueued now comes after it.</summary>
    public void CompleteAdding(in QueueCall call)
    {
        Enter(_writer.Lock, call);
        Volatile.Write(ref _state->Settings.IsAddingCompleted, 1);
        _writer.Lock.Exit();
        WakeAll();
    }

    /// <inheritdoc cref="QueueChanges.WaitAsync"/>
    public Task WaitAsync(QueueAim aim, Func<bool> isReady, in QueueCall call) => _changes.WaitAsync(aim, isReady, call);

    /// <summary>Waits until it seems to have come about, or the time is up, without blocking a thread.</summary>
    public Task WaitAsync(QueueAim aim, in QueueCall call) => WaitAsync(aim, new QueueLook(this, aim, call).IsReady, call);

    /// <summary>Whether it has come about, or is not to be waited for any more.</summary>
    public bool IsReady(QueueAim aim) => aim switch
    {
        QueueAim.Item => !IsEmpty || _reader.Leases.HasReturned || (IsAddingCompleted && !_reader.Leases.HasAny),
        QueueAim.Room => IsAddingCompleted || Count < _state->Settings.Capacity,
        _ => IsIdle,
    };

    /// <exception cref="ObjectDisposedException">Its owner has given it up.</exception>
    public void ThrowIfClosed()
    {
        if (_segment.IsClosed)
        {
            throw SegmentParts.Gone();
        }
    }

    /// <exception cref="ObjectDisposedException">Its name is gone.</exception>
    public void ThrowIfLost()
    {
        if (Segment.Locate(_segment.Path) is null)
        {
            throw SegmentParts.Gone();
        }
    }

    /// <summary>Whether this process has done what is waited for itself.</summary>
    public bool HasDone(QueueAim aim) => aim == QueueAim.Item ? _hasEnqueued : _hasDequeued;

    /// <inheritdoc cref="QueueChanges.WakeAll"/>
    public void WakeAll() => _changes.WakeAll();

    public void EnterUser(long process) => _users.Enter(process);

    public void LeaveUser(long process, bool failed, bool all) => _users.Leave(process, failed, all);

    public void NoteDeath(int process) => _users.NoteDeath(process);

    /// <summary>The number of a process that ended before its work did, if no other one is left that has the queue.</summary>
    public int? FindDeath() => _users.FindDeath();

    /// <summary>Gives back the memory of the items as far as nobody uses it at this moment. It is mapped again when it is needed.</summary>
    public void Unmap()
    {
        Unmap(_writer.Lock, _writer.Chunks);
        Unmap(_reader.Lock, _reader.Chunks);
    }

    /// <summary>Whether, at one moment of this, nothing was in the queue and nothing out.</summary>
    private bool IsIdle
    {
        get
        {
            // Only if an item was enqueued between the looks can one have been taken: whoever acknowledges one may have enqueued another before.
            long enqueued = _state->Producers.Tail.Read().Count;
            bool isIdle = _state->Consumers.Head.Read().Count == enqueued && !_reader.Leases.HasAny && _state->Producers.Tail.Read().Count == enqueued;
            GC.KeepAlive(this);
            return isIdle;
        }
    }

    /// <summary>Tells those who wait until all is done, and those who wait for items, since one may have come back, or none come any more.</summary>
    private void NotifyDone()
    {
        _changes.ForIdle.Set();
        if (_reader.Leases.HasReturned || IsAddingCompleted)
        {
            _changes.ForItems.Set();
        }
    }

    private void LeaveAsConsumer()
    {
        _reader.Lock.Exit();
        _hasDequeued = true;
        if (_state->Settings.Capacity != 0)
        {
            _changes.ForRoom.Set();
        }
    }

    private static void Unmap(SharedLock gate, ChunkCache chunks)
    {
        // If somebody has it, the collector does it, once nobody can use it any more.
        if (gate.TryEnter(out _))
        {
            chunks.Clear();
            gate.Exit();
        }
    }

    /// <summary>
    /// Enters the lock of one side. Who has it never waits for the other side's items or room; it copies an item, and at times makes a chunk or waits some milliseconds for one.
    /// </summary>
    private void Enter(SharedLock gate, in QueueCall call)
    {
        do
        {
            call.ThrowIfEnded();
            ThrowIfClosed();
        }
        while (!gate.TryEnter(out _) && !gate.TryEnter(WaitDeadline.Never.NextSlice, out _));
    }
}
