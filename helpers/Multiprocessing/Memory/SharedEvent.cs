namespace Multiprocessing.Memory;

/// <summary>
/// Wakes those, in any process, that wait for a change of shared memory. Who changes something calls <see cref="Set"/> after it. Who waits calls <see cref="PrepareWait"/>,
/// looks once more whether there is still nothing, and then calls <see cref="Wait"/> with what it was given. Nothing is remembered: who comes after a set has seen the change.
/// Thread-safe and process-safe.
/// </summary>
/// <remarks>
/// <para>Memory model. Set: (S1) the change is written; (S2) full fence; (S3) <c>Announced</c> is read. Wait: (W1) <c>Sets</c> is read; (W2) <c>Announced</c> is incremented, and a full fence;
/// (W3) the caller looks for the change. Both sides store and then load what the other stored: without fences each load may overtake the store before it - on ARM64, and on
/// x64 too, whose only reordering this is - and both see nothing: a lost wake-up. With a full fence on each side (x64: a locked instruction; ARM64: DMB ISH), S3 sees W2
/// or W3 sees S1. If S3 sees W2, W1 came before the increment of <c>Sets</c> that follows; so the ticket is out of date, and the kernel, which compares it under its own
/// lock before it puts a thread to sleep, either refuses or has the thread in its queue when the wake-up arrives (<see cref="ListedSleep"/> says why that holds where the kernel does not do it). What the waiter then reads of the change is ordered
/// by its own look, an acquire, not by the event.</para>
/// <para>Nobody has to undo anything, so that anybody may be killed anywhere. A waiter that dies leaves one announcement, which costs one wake-up too many. A setter
/// that dies before it has answered leaves the announcement standing, and the next set wakes all; if none comes, a sleeper finds out by itself when its
/// limit is over, which for this reason must not be long. <c>Answered</c> is only ever given a count that was announced before <c>Sets</c> was incremented: whoever
/// it speaks for has a ticket that is out of date. If it falls back, since a slow setter comes last, the next set wakes once too often.</para>
/// </remarks>
/// <param name="state">Where it lies.</param>
/// <param name="owner">What keeps that memory mapped: kept alive during every call. Null if the caller sees to it.</param>
internal readonly unsafe struct SharedEvent(SharedEventState* state, Segment? owner)
{
    /// <summary>Wakes all that wait. Costs a fence if nobody does.</summary>
    public void Set()
    {
        Interlocked.MemoryBarrier();
        int announced = Volatile.Read(ref state->Announced);
        if (announced != Volatile.Read(ref state->Answered))
        {
            Interlocked.Increment(ref state->Sets);
            Futex.WakeAll(&state->Sets, SharedEventState.SleepersOf(state));
            Volatile.Write(ref state->Answered, announced);
        }

        GC.KeepAlive(owner);
    }

    /// <summary>Announces a wait.</summary>
    /// <returns>The ticket that <see cref="Wait"/> asks for.</returns>
    public int PrepareWait()
    {
        int ticket = Volatile.Read(ref state->Sets);
        Interlocked.Increment(ref state->Announced);

        // The increment is a fence by itself on x64; on ARM64 only with the atomic instructions of 8.1 and later.
        Interlocked.MemoryBarrier();
        GC.KeepAlive(owner);
        return ticket;
    }

    /// <summary>Where it lies: the same for all that are the same event.</summary>
    public nint Place => (nint)state;

    /// <summary>What <see cref="Wait"/> waits for, to be waited for together with other events. The caller keeps the memory mapped meanwhile.</summary>
    /// <param name="ticket">What <see cref="PrepareWait"/> gave.</param>
    public WatchedWord Watch(int ticket) => new(&state->Sets, ticket, SharedEventState.SleepersOf(state));

    /// <summary>Sleeps until somebody sets the event after the announcement, or the time is up; may return sooner.</summary>
    /// <param name="ticket">What <see cref="PrepareWait"/> gave.</param>
    /// <param name="limit">The longest time.</param>
    public void Wait(int ticket, TimeSpan limit)
    {
        Futex.Wait(&state->Sets, ticket, limit, SharedEventState.SleepersOf(state));
        GC.KeepAlive(owner);
    }
}
