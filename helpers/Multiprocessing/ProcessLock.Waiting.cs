using System.Diagnostics;
using Multiprocessing.Hosts;
using Multiprocessing.Memory;

namespace Multiprocessing;

/// <content>What happens when the lock is not free at the first look.</content>
public sealed unsafe partial class ProcessLock
{
    /// <summary>Looks before one goes to sleep: most holders are done sooner than a sleeper wakes.</summary>
    private const int Looks = 60;

    /// <summary>How long to sleep before one finds out whether the holder still lives.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(25);

    private bool EnterSlowly(long me, TimeSpan timeout)
    {
        double limit = timeout.TotalMilliseconds;
        if (limit is < 0 and not Timeout.Infinite || limit > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A time to wait is not negative, except for Timeout.InfiniteTimeSpan, and at most int.MaxValue ms.");
        }

        if (IsHeldBy(me))
        {
            _state->Reentries = checked(_state->Reentries + 1);
            return true;
        }

        return Spin(me) || Sleep(me, timeout);
    }

    private bool Spin(long me)
    {
        for (int look = 0; look < Looks; look++)
        {
            Thread.SpinWait(Math.Min(look + 1, 20));
            if (Volatile.Read(ref _state->Owner) == 0 && Interlocked.CompareExchange(ref _state->Owner, me, 0) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool Sleep(long me, TimeSpan timeout)
    {
        long begin = Stopwatch.GetTimestamp();
        CancellationToken stop = _isInternal ? CancellationToken.None : RunningCell.Stop;
        TimeSpan nextLook = timeout == TimeSpan.Zero ? TimeSpan.Zero : Slice;
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            stop.ThrowIfCancellationRequested();
            long seen = Volatile.Read(ref _state->Owner);
            if (seen == 0)
            {
                // There may be others asleep: whoever was asleep itself leaves word that somebody is to be woken.
                if (Interlocked.CompareExchange(ref _state->Owner, me | LockState.Waiting, 0) == 0)
                {
                    return true;
                }

                continue;
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
            if (elapsed >= nextLook)
            {
                TakeOverFromDead(me, seen);
                nextLook = elapsed + Slice;
            }

            TimeSpan left = timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : timeout - elapsed;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            if ((seen & LockState.Waiting) == 0)
            {
                if (Interlocked.CompareExchange(ref _state->Owner, seen | LockState.Waiting, seen) != seen)
                {
                    continue;
                }

                seen |= LockState.Waiting;
            }

            // The lower half, on the little-endian processors that the kernel's way is used on.
            Futex.Wait((int*)&_state->Owner, (int)seen, left < Slice ? left : Slice);
        }
    }

    /// <summary>Takes the lock if its holder has ended.</summary>
    /// <exception cref="AbandonedMutexException">It had; the caller has the lock now.</exception>
    private void TakeOverFromDead(long me, long seen)
    {
        if (!ThreadToken.IsAlive(seen & ~LockState.Waiting) && Interlocked.CompareExchange(ref _state->Owner, me | LockState.Waiting, seen) == seen)
        {
            _state->Reentries = 0;
            throw new AbandonedMutexException("The last holder of this lock ended without an exit: what it protects may be half written. This thread has the lock now.");
        }
    }
}
