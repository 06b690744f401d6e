using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multiprocessing.Memory;

/// <summary>
/// A lock in shared memory between threads of any processes. The thread that has it may enter again, and must exit as often. A holder that ends without an exit gives it up:
/// the next one gets it and is told so, once. Not fair. Thread-safe and process-safe.
/// </summary>
/// <remarks>
/// Memory model. All of the lock's state is one word, <c>Owner</c>, which is changed by compare-exchange and exchange alone (acquire and release on every processor): what a holder wrote
/// before its exchange to zero is seen by whoever changes zero into its token. A waiter notes in the same word that it wants to be woken, and the kernel compares that word, under its own lock, before
/// it puts the waiter to sleep; since there is no second word, no store can be overtaken by a load of another. (Where the kernel does not do that there is one, the list of sleepers: see <see cref="ListedSleep"/>.) <c>Reentries</c> belongs to the holder and travels with the lock.
/// A holder that is killed is found by its token; one that is killed between its exchange and the wake-up leaves a free lock and sleepers that look again after a slice.
/// </remarks>
/// <param name="state">Where it lies.</param>
/// <param name="owner">What keeps that memory mapped: kept alive during every call. Null if the caller sees to it.</param>
internal readonly unsafe struct SharedLock(LockState* state, Segment? owner)
{
    /// <summary>Whether any thread has it, at this moment.</summary>
    public bool IsHeld
    {
        get
        {
            bool held = Volatile.Read(ref state->Owner) != 0;
            GC.KeepAlive(owner);
            return held;
        }
    }

    /// <summary>Whether the calling thread has it.</summary>
    public bool IsHeldByCurrentThread => IsHeldBy(ThreadToken.Current);

    /// <summary>Enters the lock if it is free, or the caller's already: without a look around, without waiting.</summary>
    /// <param name="wasAbandoned">Whether the last holder ended without an exit: what the lock protects may be half written.</param>
    /// <returns>Whether the calling thread has it now.</returns>
    public bool TryEnter(out bool wasAbandoned)
    {
        long me = ThreadToken.Current;
        wasAbandoned = false;
        bool entered = TryEnterFree(me, me) || TryEnterAgain(me) || TryTakeOver(me, Volatile.Read(ref state->Owner), out wasAbandoned);
        GC.KeepAlive(owner);
        return entered;
    }

    /// <summary>Enters the lock, waiting for it if need be.</summary>
    /// <param name="deadline">Until when.</param>
    /// <param name="wasAbandoned">Whether the last holder ended without an exit: what the lock protects may be half written.</param>
    /// <returns>Whether the calling thread has it now.</returns>
    public bool TryEnter(WaitDeadline deadline, out bool wasAbandoned)
    {
        long me = ThreadToken.Current;
        wasAbandoned = false;
        bool entered = TryEnterFree(me, me) || TryEnterAgain(me) || (!deadline.IsOver && Spin(me)) || Sleep(me, deadline, out wasAbandoned);
        GC.KeepAlive(owner);
        return entered;
    }

    /// <summary>Exits the lock, which the calling thread must have.</summary>
    public void Exit()
    {
        Debug.Assert(IsHeldByCurrentThread, "Only the holder exits.");
        Debug.Assert(state->Reentries >= 0, "Nobody exits more often than it has entered.");
        if (state->Reentries > 0)
        {
            state->Reentries--;
        }
        else if ((Interlocked.Exchange(ref state->Owner, 0) & LockState.Waiting) != 0)
        {
            WakeOne();
        }

        GC.KeepAlive(owner);
    }

    /// <summary>Exits the lock, which the calling thread must have, as often as it has entered.</summary>
    /// <returns>What <see cref="Restore"/> asks for.</returns>
    public int ExitAll()
    {
        int reentries = state->Reentries;
        state->Reentries = 0;
        Exit();
        return reentries;
    }

    /// <summary>Has the calling thread, which has entered the lock, have entered it as often as before <see cref="ExitAll"/>.</summary>
    public void Restore(int reentries)
    {
        Debug.Assert(IsHeldByCurrentThread, "Only the holder has entered.");
        state->Reentries = reentries;
        GC.KeepAlive(owner);
    }

    /// <summary>Apart, so that an exit for which nobody waits stays as small as it is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WakeOne() => Futex.WakeOne((int*)&state->Owner, LockState.SleepersOf(state));

    private bool IsHeldBy(long token)
    {
        bool held = (Volatile.Read(ref state->Owner) & ~LockState.Waiting) == token;
        GC.KeepAlive(owner);
        return held;
    }

    private bool TryEnterFree(long me, long value)
    {
        if (Interlocked.CompareExchange(ref state->Owner, value, 0) != 0)
        {
            return false;
        }

        Debug.Assert((value & ~LockState.Waiting) == me && state->Reentries == 0, "Who exited last had exited as often as it had entered.");
        return true;
    }

    private bool TryEnterAgain(long me)
    {
        if (!IsHeldBy(me))
        {
            return false;
        }

        state->Reentries = checked(state->Reentries + 1);
        return true;
    }

    private bool Spin(long me)
    {
        SpinBudget budget = new(SpinBudget.Usual);
        while (budget.Spin())
        {
            if (Volatile.Read(ref state->Owner) == 0 && TryEnterFree(me, me))
            {
                return true;
            }
        }

        return false;
    }

    private bool Sleep(long me, WaitDeadline deadline, out bool wasAbandoned)
    {
        wasAbandoned = false;
        while (true)
        {
            long seen = Volatile.Read(ref state->Owner);
            if (seen == 0)
            {
                // There may be others asleep: whoever was asleep itself leaves word that somebody is to be woken.
                if (TryEnterFree(me, me | LockState.Waiting))
                {
                    return true;
                }

                continue;
            }

            if (TryTakeOver(me, seen, out wasAbandoned))
            {
                return true;
            }

            if (deadline.IsOver)
            {
                return false;
            }

            if ((seen & LockState.Waiting) == 0)
            {
                if (Interlocked.CompareExchange(ref state->Owner, seen | LockState.Waiting, seen) != seen)
                {
                    continue;
                }

                seen |= LockState.Waiting;
            }

            // The lower half: the processors that .NET runs on are little-endian.
            Futex.Wait((int*)&state->Owner, (int)seen, deadline.NextSleep, LockState.SleepersOf(state));
        }
    }

    /// <summary>Takes the lock if its holder has ended. Of all that wait, one looks in each slice.</summary>
    private bool TryTakeOver(long me, long seen, out bool wasAbandoned)
    {
        wasAbandoned = seen != 0 && SliceClock.IsTimeToLook(ref state->LookedAt) && !ThreadToken.IsAlive(seen & ~LockState.Waiting)
            && Interlocked.CompareExchange(ref state->Owner, me | LockState.Waiting, seen) == seen;
        if (wasAbandoned)
        {
            state->Reentries = 0;
        }

        return wasAbandoned;
    }
}

/// <summary>A <see cref="SharedLock"/> in shared memory; a cache line. All zero: free.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct LockState
{
    /// <summary>How many can sleep on it and be woken at once, where the kernel keeps no list: what there is room for. More look again and again.</summary>
    private const int Places = 10;

    /// <summary>The token of the thread that has it, with <see cref="Waiting"/>; zero if it is free. The kernel's word to wait for is the lower half.</summary>
    public long Owner;

    /// <summary>How often that thread has entered again. Only that thread writes it.</summary>
    public int Reentries;

    /// <summary>When somebody last looked whether the holder lives: see <see cref="SliceClock"/>.</summary>
    public long LookedAt;

    private fixed int _sleepers[Places];

    /// <summary>In <see cref="Owner"/>: somebody waits in the kernel and wants to be woken.</summary>
    public const long Waiting = 0x8000_0000;

    /// <summary>The list of those that sleep on a lock.</summary>
    public static SleeperList SleepersOf(LockState* state) => new(state->_sleepers, Places);
}
