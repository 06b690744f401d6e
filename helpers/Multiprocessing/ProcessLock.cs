using System.ComponentModel;
using Multiprocessing.Connections;
using Multiprocessing.Hosting;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// A lock between processes, and between the threads of each: what <see cref="Lock"/> is within one. Sent to a worker, alone or in other data, it is the same lock
/// there. Thread-safe and process-safe.
/// </summary>
/// <remarks>
/// The thread that has it may enter again, and must exit as often. It is not fair: who has waited longest is not always next. A holder that ends without an exit, with its
/// thread or its whole process, gives it up, and the next one is told by an <see cref="AbandonedMutexException"/>, once, as with <see cref="Mutex"/>: it has the lock
/// then, and must exit it; what the lock protects may be half written. (On macOS, that a thread has ended is seen by its own process only.)
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed unsafe class ProcessLock : IDisposable, ISharedObject
{
    private Segment _segment = null!;
    private INotebookHost _notebook = null!;
    private SharedLock _lock;
    private volatile bool _disposed;

    /// <summary>Makes a lock that nobody holds.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessLock()
        : this(WorkerHost.Default)
    {
    }

    internal ProcessLock(SerializationContext context)
        : this(context.Memory.Create(0), context)
    {
    }

    /// <summary>The lock of a segment; the segment's user count includes this.</summary>
    internal ProcessLock(Segment segment, SerializationContext context) => ((ISharedObject)this).Attach(segment, context);

    /// <summary>Whether the calling thread holds the lock.</summary>
    public bool IsHeldByCurrentThread => _lock.IsHeldByCurrentThread;

    internal bool IsDisposed => _disposed;

    /// <summary>Whether anybody holds it.</summary>
    internal bool IsHeld => _lock.IsHeld;

    Segment? ISharedObject.Segment => _disposed ? null : _segment;

    /// <summary>Enters the lock, waiting for it as long as it takes.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="AbandonedMutexException">The last holder ended without an exit. The calling thread has the lock now, and must exit it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits for it was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Enter(CancellationToken cancellationToken = default) => TryEnter(WaitDeadline.Never, cancellationToken);

    /// <summary>Enters the lock if that can be done without waiting.</summary>
    /// <returns>Whether the calling thread has the lock now.</returns>
    /// <exception cref="AbandonedMutexException">The last holder ended without an exit. The calling thread has the lock now, and must exit it.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool TryEnter() => TryEnter(default(WaitDeadline), CancellationToken.None);

    /// <summary>Enters the lock if that can be done in time.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether the calling thread has the lock now.</returns>
    /// <inheritdoc cref="Enter(CancellationToken)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool TryEnter(TimeSpan timeout, CancellationToken cancellationToken = default) => TryEnter(new WaitDeadline(timeout), cancellationToken);

    /// <summary>Enters the lock for a block: <c>using (gate.EnterScope()) { … }</c>.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What exits the lock at the end of the block.</returns>
    /// <inheritdoc cref="Enter(CancellationToken)" path="/exception"/>
    public Scope EnterScope(CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        return new Scope(this);
    }

    /// <summary>Exits the lock. It may be disposed of meanwhile.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold it.</exception>
    public void Exit()
    {
        if (!_lock.IsHeldByCurrentThread)
        {
            throw NotHeld();
        }

        _lock.Exit();
    }

    /// <summary>Exits the lock as often as the calling thread has entered it.</summary>
    /// <returns>What <see cref="EnterAgain"/> asks for.</returns>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold it.</exception>
    internal int ExitAll() => IsHeldByCurrentThread ? _lock.ExitAll() : throw NotHeld();

    /// <summary>Enters the lock, as often as before <see cref="ExitAll"/>. Nothing ends the waiting: whoever waits is in the middle of a block of the lock.</summary>
    /// <returns>Whether the last holder ended without an exit.</returns>
    internal bool EnterAgain(int reentries)
    {
        _lock.TryEnter(WaitDeadline.Never, out bool wasAbandoned);
        _lock.Restore(reentries);
        return wasAbandoned;
    }

    /// <param name="besides">What else there is to tell.</param>
    internal static AbandonedMutexException Abandoned(Exception? besides = null) => new("The last holder of this lock ended without an exit: what it protects may be half written. This thread has the lock now.", besides);

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
        string state = _disposed ? "disposed" : IsHeldByCurrentThread ? "held by this thread" : _lock.IsHeld ? "held" : "free";
        return $"ProcessLock: {state}";
    }

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _notebook = context.Notebook;
        _segment = segment;
        _lock = new SharedLock((LockState*)segment.Lock, segment);
    }

    private bool TryEnter(WaitDeadline deadline, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        bool entered = _lock.TryEnter(out bool wasAbandoned) || (!deadline.IsOver && Wait(deadline, cancellationToken, out wasAbandoned));
        return !wasAbandoned ? entered : throw Abandoned();
    }

    private static SynchronizationLockException NotHeld() => new("The calling thread does not hold this lock: every Exit needs its own Enter, on the same thread.");

    /// <summary>Waits a slice at a time: in between, what ends the waiting is looked at.</summary>
    private bool Wait(WaitDeadline deadline, CancellationToken cancellationToken, out bool wasAbandoned)
    {
        Cancellation cancellation = new(cancellationToken, _notebook.Stop);
        while (!_lock.TryEnter(deadline.NextSlice, out wasAbandoned))
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            cancellation.ThrowIfRequested();
            if (deadline.IsOver)
            {
                return false;
            }
        }

        return true;
    }

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
