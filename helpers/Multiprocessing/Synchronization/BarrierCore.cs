using Multiprocessing.Memory;

namespace Multiprocessing.Synchronization;

/// <summary>The counting of a <see cref="ProcessBarrier"/>. Thread-safe and process-safe.</summary>
/// <remarks>
/// A process that has got the barrier with a call, and whose call does not return, will not arrive any more: it was killed, or has thrown. Then nobody can pass, and the barrier is broken, so that those that wait are told.
/// </remarks>
internal sealed unsafe class BarrierCore(Segment segment) : ITracksUsers
{
    private readonly BarrierState* _state = (BarrierState*)segment.Data;

    public SharedEvent Changed => new(&_state->Changed, segment);

    public BarrierWord Word
    {
        get
        {
            BarrierWord word = new(Volatile.Read(ref _state->Word));
            GC.KeepAlive(segment);
            return word;
        }
    }

    /// <summary>Why it is broken, as the end of a sentence.</summary>
    public string Cause
    {
        get
        {
            int lost = Volatile.Read(ref _state->Lost);
            GC.KeepAlive(segment);
            return lost == 0 ? "Break has been called" : $"the call of worker process {lost}, which had it, has ended otherwise than by returning";
        }
    }

    /// <summary>Changes the word.</summary>
    /// <param name="change">What to make of it; null to leave it.</param>
    /// <returns>What it was, if it was changed.</returns>
    public BarrierWord? Change(Func<BarrierWord, BarrierWord?> change)
    {
        while (true)
        {
            BarrierWord before = Word;
            if (change(before) is not { } after)
            {
                return null;
            }

            if (Interlocked.CompareExchange(ref _state->Word, after.Bits, before.Bits) == before.Bits)
            {
                if (after.Phase != before.Phase || after.IsBroken)
                {
                    Changed.Set();
                }

                GC.KeepAlive(segment);
                return before;
            }
        }
    }

    /// <summary>Breaks it.</summary>
    /// <param name="lost">The process for which it breaks; zero if somebody asked for it.</param>
    public void Break(int lost)
    {
        if (!Word.IsBroken)
        {
            Volatile.Write(ref _state->Lost, lost);
            Change(static word => word.Break());
        }
    }

    void ITracksUsers.EnterUser(long process)
    {
    }

    void ITracksUsers.LeaveUser(long process, bool failed, bool all)
    {
        if (failed)
        {
            Break(ProcessToken.IdOf(process));
        }
    }

    void ITracksUsers.NoteDeath(int process) => Break(process);
}
