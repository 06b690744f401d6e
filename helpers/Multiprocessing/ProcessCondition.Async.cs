using Multiprocessing.Memory;

namespace Multiprocessing;

/// <content>Waiting without a thread. The lock belongs to a thread, and nobody knows which one goes on after an <see langword="await"/>: so nothing here has the lock across one.</content>
public sealed partial class ProcessCondition
{
    /// <summary>
    /// Begins to wait for a pulse, without blocking a thread. Unlike <see cref="Wait(CancellationToken)"/> it leaves the lock alone, which belongs to the thread: exit it before you await the task, and enter it again when you go on. Every pulse after this call counts, so none is missed in between:
    /// <code>
    /// Task pulse;
    /// using (condition.Lock.EnterScope()) { pulse = condition.WaitAsync(); }
    /// await pulse;
    /// </code>
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting, unless the pulse is there already.</param>
    /// <returns>A task that ends with the pulse.</returns>
    /// <remarks>
    /// <see cref="WaitForAsync(Func{bool}, CancellationToken)"/> enters the lock, looks, and exits it by itself. A process that is killed while it waits takes no pulse away from others. When the task has ended, the pulse is this process's: if that is killed before it has entered the lock
    /// again, the pulse is lost, which with <see cref="WaitForAsync(Func{bool}, CancellationToken)"/> it is not.
    /// </remarks>
    /// <exception cref="SynchronizationLockException">The calling thread does not have the lock.</exception>
    /// <exception cref="AbandonedMutexException">By the task: the last holder of the lock ended without an exit. Nobody has the lock now; what it protects may be half written.</exception>
    /// <exception cref="InvalidOperationException">More than 1,000 wait.</exception>
    /// <exception cref="OperationCanceledException">By the task: it was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public Task WaitAsync(CancellationToken cancellationToken = default) => WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Begins to wait for a pulse until the time is up, without blocking a thread. Leaves the lock alone, as <see cref="WaitAsync(CancellationToken)"/> does.</summary>
    /// <param name="timeout">The longest time to wait for a pulse; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting, unless the pulse is there already.</param>
    /// <returns>A task that ends with the pulse, or the time: false if the time is up.</returns>
    /// <inheritdoc cref="WaitAsync(CancellationToken)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        WaitDeadline deadline = new(timeout);
        CheckIsHeld();
        return WaitAndLeaveAsync(_waiters.Enter(isAsync: true), deadline, cancellationToken);
    }

    /// <summary>Waits until something is so, without blocking a thread for it: enters the lock, looks, exits the lock, and waits for a pulse and looks again if it was not so.</summary>
    /// <param name="predicate">
    /// What is to be so. Is asked on a thread that has the lock, and is the place to take what one has waited for, since the lock is exited when it has returned: <c>await condition.WaitForAsync(() => items.TryTake(out item))</c>. While another one has the lock, a thread waits for it.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when it was so; nobody has the lock for it then.</returns>
    /// <exception cref="LockRecursionException">The calling thread has the lock, which it could not exit while it waits.</exception>
    /// <exception cref="AbandonedMutexException">By the task: the last holder of the lock ended without an exit. Nobody has the lock now; what it protects may be half written.</exception>
    /// <exception cref="InvalidOperationException">By the task: more than 1,000 wait.</exception>
    /// <exception cref="OperationCanceledException">By the task: it was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public Task WaitForAsync(Func<bool> predicate, CancellationToken cancellationToken = default) => WaitForAsync(predicate, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until something is so, or the time is up, without blocking a thread for it: enters the lock, looks, exits the lock, and waits for a pulse and looks again if it was not so.</summary>
    /// <param name="predicate"><inheritdoc cref="WaitForAsync(Func{bool}, CancellationToken)" path="/param[@name='predicate']"/></param>
    /// <param name="timeout">The longest time to wait for a pulse; <see cref="Timeout.InfiniteTimeSpan"/> for no limit. Then it looks once more.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when it was so, or with the time: false if the time is up and it is still not so. Nobody has the lock for it then.</returns>
    /// <inheritdoc cref="WaitForAsync(Func{bool}, CancellationToken)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public Task<bool> WaitForAsync(Func<bool> predicate, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        WaitDeadline deadline = new(timeout);
        _waiters.Place.ThrowIfEnded();
        return !_lock.IsHeldByCurrentThread
            ? LookAndWaitAsync(predicate, deadline, cancellationToken)
            : throw new LockRecursionException("WaitForAsync enters and exits the condition's lock by itself, on whichever thread: exit it before you call.");
    }

    private async Task<bool> WaitAndLeaveAsync(int entry, WaitDeadline deadline, CancellationToken cancellationToken)
    {
        bool isPulsed = await WaitForPulseAsync(entry, deadline, cancellationToken).ConfigureAwait(false);
        if (isPulsed)
        {
            _waiters.Leave(entry);
        }

        return isPulsed;
    }

    private async Task<bool> LookAndWaitAsync(Func<bool> predicate, WaitDeadline deadline, CancellationToken cancellationToken)
    {
        int? entry = null;
        while (!Look(predicate, ref entry, deadline, cancellationToken))
        {
            if (entry is not { } waiting)
            {
                return false;
            }

            if (!await WaitForPulseAsync(waiting, deadline, cancellationToken).ConfigureAwait(false))
            {
                entry = null;
            }
        }

        return true;
    }

    /// <summary>Looks whether it is so. In one method: the lock belongs to the thread.</summary>
    /// <param name="predicate">What is to be so.</param>
    /// <param name="entry">The entry that has been pulsed, if that is why one looks, which the caller has no more; then the one by which to wait, if it is not so and the time is not up.</param>
    /// <param name="deadline">Until when to wait.</param>
    /// <param name="cancellationToken">Ends the waiting for the lock, unless one has been pulsed, since the pulse would be lost.</param>
    private bool Look(Func<bool> predicate, ref int? entry, WaitDeadline deadline, CancellationToken cancellationToken)
    {
        int? pulsed = entry;
        entry = null;
        bool wasAbandoned = pulsed is not null ? _lock.EnterAgain(reentries: 0) : EnterAnew(cancellationToken);
        try
        {
            if (wasAbandoned)
            {
                if (pulsed is not null)
                {
                    // Who is told of something else passes it on.
                    _waiters.PassOn(pulsed.Value);
                }

                throw AbandonedByNow();
            }

            if (pulsed is not null)
            {
                _waiters.Leave(pulsed.Value);
            }

            bool isSo = predicate();
            if (!isSo && !deadline.IsOver)
            {
                entry = _waiters.Enter(isAsync: true);
            }

            return isSo;
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>Enters the lock.</summary>
    /// <returns>Whether the last holder of the lock ended without an exit.</returns>
    private bool EnterAnew(CancellationToken cancellationToken)
    {
        try
        {
            _lock.Enter(cancellationToken);
            return false;
        }
        catch (AbandonedMutexException)
        {
            return true;
        }
    }

    /// <summary>Waits until an entry is pulsed. Only then it is still there at the end: if the waiting ends otherwise, or by an exception, it is free.</summary>
    /// <returns>False if the time is up.</returns>
    private async Task<bool> WaitForPulseAsync(int entry, WaitDeadline deadline, CancellationToken cancellationToken)
    {
        bool hasLeft = false;
        try
        {
            await _waiters.Place.WaitAsync(HasPulse, () => _waiters.IsPulsed(entry) || _waiters.MayHaveLostPulse(), deadline.Left, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!hasLeft)
        {
            // A pulse that was faster counts.
            if (_waiters.TryGiveUp(entry))
            {
                throw;
            }

            return true;
        }

        return !_waiters.TryGiveUp(entry);

        // If somebody has the lock, one looks again in the next slice whether a pulse has been lost.
        bool HasPulse()
        {
            if (_waiters.IsPulsed(entry))
            {
                return true;
            }

            bool wasAbandoned = false;
            try
            {
                if (!_lock.TryEnter())
                {
                    return false;
                }
            }
            catch (AbandonedMutexException)
            {
                wasAbandoned = true;
            }

            try
            {
                _waiters.PassOnOfDead();
                bool isPulsed = _waiters.IsPulsed(entry);
                if (!wasAbandoned)
                {
                    return isPulsed;
                }

                hasLeft = true;
                if (isPulsed)
                {
                    // Who is told of something else passes it on.
                    _waiters.PassOn(entry);
                }
                else
                {
                    _waiters.Leave(entry);
                }

                throw AbandonedByNow();
            }
            finally
            {
                _lock.Exit();
            }
        }
    }

    private static AbandonedMutexException AbandonedByNow() => new("The last holder of the condition's lock ended without an exit: what it protects may be half written. Nobody has the lock now.");
}
