using Multiprocessing.Memory;

namespace Multiprocessing.Transport.Rings;

/// <summary>
/// Wakes those, in any process, that wait for a change of shared memory. To wait: <see cref="Listen"/>, look once more whether there is still nothing, then
/// <see cref="Wait"/>. Who is killed in the middle of either harms nobody: it is noted anew before each sleep that somebody waits. Thread-safe and process-safe.
/// </summary>
internal readonly unsafe struct Bell(BellState* state)
{
    /// <summary>Wakes all that wait. Costs next to nothing if nobody does.</summary>
    public void Ring()
    {
        // What has changed must be seen before the look: else a waiter that has just looked in vain would sleep through it.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref state->Waiting) != 0)
        {
            Volatile.Write(ref state->Waiting, 0);
            Interlocked.Increment(ref state->Rings);
            Futex.WakeAll(&state->Rings);
        }
    }

    /// <summary>Announces a wait.</summary>
    /// <returns>What <see cref="Wait"/> asks for.</returns>
    public int Listen()
    {
        int seen = Volatile.Read(ref state->Rings);
        Interlocked.Exchange(ref state->Waiting, 1);
        return seen;
    }

    /// <summary>Waits until somebody rings after the announcement, or the time is up; may return sooner.</summary>
    public void Wait(int seen, TimeSpan limit) => Futex.Wait(&state->Rings, seen, limit);
}
