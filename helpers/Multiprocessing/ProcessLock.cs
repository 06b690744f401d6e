using System.ComponentModel;
using Multiprocessing.Memory;
using Multiprocessing.Showing;
using Multiprocessing.Timings;

namespace Multiprocessing;

/// <summary>
/// A lock between processes, and between the threads of each: what <see cref="Lock"/> is within one. Sent to a worker, alone or in other data, it is the same lock
/// there. Thread-safe and process-safe.
/// </summary>
/// <remarks>
/// The thread that has it may enter again, and must exit as often. It is not fair: who has waited longest is not always next. A holder that ends without an exit, with its
/// thread or its whole process, gives it up, and the next one is told by an <see cref="AbandonedMutexException"/>, once, as with <see cref="Mutex"/>: it has the lock
/// then, and must exit it; what the lock protects may be half written. (On Windows and macOS, that a thread has ended is seen by its own process only.)
/// </remarks>
[TypeFormatterSource(typeof(SummaryFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed unsafe partial class ProcessLock : IDisposable, ISharedObject, ISummarized
{
    private Segment _segment = null!;
    private LockState* _state;
    private volatile bool _disposed;

    /// <summary>Whether it guards something of this library's, which is never left half done because a cell is stopped.</summary>
    private readonly bool _isInternal;

    /// <summary>Makes a lock that nobody holds.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessLock()
        : this(Segment.Create(0))
    {
    }

    /// <summary>The lock of a segment; the segment's user count includes this.</summary>
    internal ProcessLock(Segment segment) => ((ISharedObject)this).Attach(segment);

    /// <summary>A lock that lies somewhere else in a segment, and lives as long as what keeps it there: it is not disposed of.</summary>
    internal ProcessLock(Segment segment, LockState* state)
    {
        _segment = segment;
        _state = state;
        _isInternal = true;
    }

    /// <summary>Whether the calling thread holds the lock.</summary>
    public bool IsHeldByCurrentThread
    {
        get
        {
            bool held = IsHeldBy(ThreadToken.Current);
            GC.KeepAlive(this);
            return held;
        }
    }

    private bool IsHeld
    {
        get
        {
            bool held = Volatile.Read(ref _state->Owner) != 0;
            GC.KeepAlive(this);
            return held;
        }
    }

    Segment? ISharedObject.Segment => _disposed ? null : _segment;

    /// <summary>Enters the lock, waiting for it as long as it takes.</summary>
    /// <exception cref="AbandonedMutexException">The last holder ended without an exit. The calling thread has the lock now, and must exit it.</exception>
    /// <exception cref="OperationCanceledException">The notebook cell that waits for it was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Enter() => TryEnter(Timeout.InfiniteTimeSpan);

    /// <summary>Enters the lock if that can be done without waiting.</summary>
    /// <returns>Whether the calling thread has the lock now.</returns>
    /// <inheritdoc cref="Enter" path="/exception"/>
    public bool TryEnter() => TryEnter(TimeSpan.Zero);

    /// <summary>Enters the lock if that can be done in time.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <returns>Whether the calling thread has the lock now.</returns>
    /// <inheritdoc cref="Enter" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool TryEnter(TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long me = ThreadToken.Current;
        bool entered = Interlocked.CompareExchange(ref _state->Owner, me, 0) == 0 || EnterSlowly(me, timeout);
        GC.KeepAlive(this);
        return entered;
    }

    /// <summary>Enters the lock for a block: <c>using (gate.EnterScope()) { … }</c>.</summary>
    /// <returns>What exits the lock at the end of the block.</returns>
    /// <inheritdoc cref="Enter" path="/exception"/>
    public Scope EnterScope()
    {
        Enter();
        return new Scope(this);
    }

    /// <summary>Exits the lock. It may be disposed of meanwhile.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold it.</exception>
    public void Exit()
    {
        LockState* state = _state;
        if (!IsHeldBy(ThreadToken.Current))
        {
            throw new SynchronizationLockException("The calling thread does not hold this lock: every Exit needs its own Enter, on the same thread.");
        }

        if (state->Reentries > 0)
        {
            state->Reentries--;
        }
        else if ((Interlocked.Exchange(ref state->Owner, 0) & LockState.Waiting) != 0)
        {
            Futex.WakeOne((int*)&state->Owner);
        }

        GC.KeepAlive(this);
    }

    /// <summary>Ends the use of this object. Other processes keep theirs; the lock itself is gone when the last one is.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
        {
            _segment.RemoveUser();
        }
    }

    /// <summary>Whether it is held.</summary>
    public override string ToString()
    {
        string state = _disposed ? "disposed" : IsHeldByCurrentThread ? "held by this thread" : IsHeld ? "held" : "free";
        return $"ProcessLock: {state}";
    }

    Summary ISummarized.Summarize() => _disposed
        ? Summary.OfDisposed(nameof(ProcessLock))
        : new Summary(nameof(ProcessLock), [Summary.State(IsHeldByCurrentThread ? "이 스레드가 잠금" : IsHeld ? "다른 스레드나 프로세스가 잠금" : "잠기지 않음")]);

    void ISharedObject.Attach(Segment segment)
    {
        _segment = segment;
        _state = (LockState*)segment.Lock;
    }

    private bool IsHeldBy(long token) => (Volatile.Read(ref _state->Owner) & ~LockState.Waiting) == token;

    /// <summary>Exits a <see cref="ProcessLock"/> at the end of a block.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref struct Scope
    {
        private ProcessLock? _lock;

        internal Scope(ProcessLock entered) => _lock = entered;

        /// <summary>Exits the lock; again, does nothing.</summary>
        /// <exception cref="SynchronizationLockException">The calling thread does not hold it.</exception>
        public void Dispose()
        {
            ProcessLock? entered = _lock;
            if (entered is not null)
            {
                _lock = null;
                entered.Exit();
            }
        }
    }
}
