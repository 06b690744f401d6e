using System.Globalization;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Synchronization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// A condition between processes: who has its lock waits until another one, who has the lock then, says that something has changed; what <see cref="Monitor.Wait(object)"/> and <see cref="Monitor.Pulse"/> are within one. Sent to a worker, alone or
/// in other data, it is the same condition there. Process-safe; its methods are for the thread that has the lock, but for <see cref="WaitForAsync(Func{bool}, CancellationToken)"/>.
/// </summary>
/// <remarks>
/// Who has waited longest is pulsed first. A pulse is remembered by nobody: when no one waits, it is lost. Look at what you wait for again after the waiting, since others may have been faster, or use
/// <see cref="WaitFor(Func{bool}, CancellationToken)"/>. One that is killed while it waits takes no pulse away from others.
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed partial class ProcessCondition : IDisposable
{
    private readonly ProcessLock _lock;
    private readonly ConditionWaiters _waiters;
    private readonly bool _ownsLock;

    /// <summary>Makes a condition with a lock of its own.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessCondition()
        : this(new ProcessLock(), WorkerHost.Default, ownsLock: true)
    {
    }

    /// <summary>Makes a condition of a lock, which may have several.</summary>
    /// <param name="processLock">The lock. It stays the caller's to dispose of.</param>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessCondition(ProcessLock processLock)
        : this(processLock ?? throw new ArgumentNullException(nameof(processLock)), WorkerHost.Default, ownsLock: false)
    {
    }

    internal ProcessCondition(ProcessLock processLock, SerializationContext context, bool ownsLock)
    {
        _lock = processLock;
        _waiters = new ConditionWaiters(context);
        _ownsLock = ownsLock;
    }

    /// <summary>The lock that one has while one waits or pulses.</summary>
    public ProcessLock Lock => _lock;

    internal bool IsDisposed => _waiters.Place.HasEnded;

    /// <summary>How many wait, at this moment.</summary>
    internal int WaiterCount => _waiters.Count;

    /// <summary>Gives the lock up, waits for a pulse, and takes the lock again.</summary>
    /// <param name="cancellationToken">Ends the waiting for the pulse; the lock is taken again all the same.</param>
    /// <exception cref="SynchronizationLockException">The calling thread does not have the lock.</exception>
    /// <exception cref="AbandonedMutexException">The last holder of the lock ended without an exit. The calling thread has the lock now, and must exit it. If the waiting was ended otherwise as well, that is the inner exception.</exception>
    /// <exception cref="InvalidOperationException">More than 1,000 wait.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Wait(CancellationToken cancellationToken = default) => Wait(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Gives the lock up, waits for a pulse or until the time is up, and takes the lock again, for which it waits as long as it takes.</summary>
    /// <param name="timeout">The longest time to wait for a pulse; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting for the pulse; the lock is taken again all the same.</param>
    /// <returns>False if the time is up.</returns>
    /// <inheritdoc cref="Wait(CancellationToken)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        WaitDeadline deadline = new(timeout);
        CheckIsHeld();
        int entry = _waiters.Enter(isAsync: false);
        bool wasAbandoned = false;
        bool isPulsed = false;
        bool hasWaited = false;
        try
        {
            do
            {
                wasAbandoned = WaitOnce(entry, deadline, cancellationToken);
                isPulsed = _waiters.IsPulsed(entry);
                if (!isPulsed)
                {
                    _waiters.PassOnOfDead();
                    isPulsed = _waiters.IsPulsed(entry);
                }
            }
            while (!isPulsed && !wasAbandoned && !deadline.IsOver);
            hasWaited = !wasAbandoned;
        }
        finally
        {
            if (!hasWaited && _waiters.IsPulsed(entry))
            {
                // Who is told of something else passes it on.
                _waiters.PassOn(entry);
            }
            else
            {
                _waiters.Leave(entry);
            }
        }

        return wasAbandoned ? throw ProcessLock.Abandoned() : isPulsed;
    }

    /// <summary>Gives the lock up, waits for a pulse, or until it may be that there is one to be had from one that was killed, and takes the lock again.</summary>
    /// <returns>Whether the last holder of the lock ended without an exit.</returns>
    private bool WaitOnce(int entry, WaitDeadline deadline, CancellationToken cancellationToken)
    {
        int reentries = _lock.ExitAll();
        try
        {
            _waiters.Place.Wait(() => _waiters.IsPulsed(entry) || _waiters.MayHaveLostPulse(), deadline.Left, cancellationToken);
        }
        catch (Exception e)
        {
            if (_lock.EnterAgain(reentries))
            {
                throw ProcessLock.Abandoned(e);
            }

            throw;
        }

        return _lock.EnterAgain(reentries);
    }

    /// <summary>Waits until something is so: looks, waits for a pulse if it is not, and looks again.</summary>
    /// <param name="predicate">What is to be so. Is asked while the calling thread has the lock.</param>
    /// <param name="cancellationToken">Ends the waiting for a pulse; the lock is taken again all the same.</param>
    /// <inheritdoc cref="Wait(CancellationToken)" path="/exception"/>
    public void WaitFor(Func<bool> predicate, CancellationToken cancellationToken = default) => WaitFor(predicate, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until something is so, or the time is up: looks, waits for a pulse if it is not, and looks again.</summary>
    /// <param name="predicate">What is to be so. Is asked while the calling thread has the lock.</param>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting for a pulse; the lock is taken again all the same.</param>
    /// <returns>False if the time is up and it is still not so.</returns>
    /// <inheritdoc cref="Wait(TimeSpan, CancellationToken)" path="/exception"/>
    public bool WaitFor(Func<bool> predicate, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        WaitDeadline deadline = new(timeout);
        CheckIsHeld();
        while (!predicate())
        {
            if (deadline.IsOver)
            {
                return false;
            }

            Wait(deadline.Left, cancellationToken);
        }

        return true;
    }

    /// <summary>Wakes the one that has waited longest, if any waits: it goes on when it has got the lock.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread does not have the lock.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public void Pulse() => Pulse(1);

    /// <summary>Wakes those that have waited longest.</summary>
    /// <param name="count">How many at most.</param>
    /// <inheritdoc cref="Pulse()" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    public void Pulse(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        CheckIsHeld();
        _waiters.Pulse(count);
    }

    /// <summary>Wakes all that wait.</summary>
    /// <inheritdoc cref="Pulse()" path="/exception"/>
    public void PulseAll() => Pulse(int.MaxValue);

    /// <summary>Ends the use of this object, and of its lock if that is its own. Other processes keep theirs; the condition itself is gone when the last one is.</summary>
    public void Dispose()
    {
        _waiters.Place.End();
        if (_ownsLock)
        {
            _lock.Dispose();
        }
    }

    /// <summary>How many wait.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ProcessCondition: {(IsDisposed ? "disposed" : $"{WaiterCount} waiting")}");

    private void CheckIsHeld()
    {
        _waiters.Place.ThrowIfEnded();
        if (!_lock.IsHeldByCurrentThread)
        {
            throw new SynchronizationLockException("Wait and Pulse are for the thread that has the condition's lock: enter it first.");
        }
    }
}
