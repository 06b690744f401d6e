using System.Diagnostics;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>
/// Which processes have a queue, so that a waiting one can be told when nobody is left who could end its waiting. Thread-safe and process-safe.
/// </summary>
/// <remarks>
/// A worker has the queue from the moment its call is sent until that has ended, well or badly; who made the queue, or received it in another way, has it
/// until its end. Nobody is left if no other process has it and one ended before its work did: by a kill, a crash, an exit in the middle, or an exception. As long as
/// all others have ended as they should, nothing is wrong: the program may be about to start more. And a process that has itself done what is waited for may
/// do so again, on another thread. The table may fill up (with processes that run at the same time), or its lock may be kept by a process that somebody has stopped;
/// from then on nobody is told anything, rather than something untrue.
/// </remarks>
internal sealed unsafe class QueueUserTable(Segment segment, QueueState.UsersState* state)
{
    private readonly SharedLock _gate = new((LockState*)segment.Lock, segment);

    /// <summary>How long to wait for the lock, which is held for some microseconds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private QueueUser* Entries => (QueueUser*)&state->Entries;

    /// <summary>How often a process has got the queue: changes whenever one does.</summary>
    public int Arrivals
    {
        get
        {
            int arrivals = Volatile.Read(ref state->Arrivals);
            GC.KeepAlive(this);
            return arrivals;
        }
    }

    /// <summary>Notes that a process has the queue, for one more call.</summary>
    public void Enter(long process)
    {
        if (TryLock())
        {
            state->Arrivals++;
            QueueUser* entry = Find(process);
            if (entry is not null)
            {
                entry->Calls++;
                entry->HasLeft = 0;
            }
            else
            {
                Add(process);
            }

            _gate.Exit();
        }
    }

    /// <summary>Notes that this process has the queue, unless somebody has done so.</summary>
    /// <returns>Whether it was noted by this.</returns>
    public bool EnterThis()
    {
        bool isNew = false;
        if (TryLock())
        {
            QueueUser* entry = Find(ProcessToken.Own);
            isNew = entry is null || entry->Calls == 0;
            if (entry is null)
            {
                Add(ProcessToken.Own);
            }
            else
            {
                entry->Calls = Math.Max(1, entry->Calls);
                entry->HasLeft = 0;
            }

            _gate.Exit();
        }

        return isNew;
    }

    /// <summary>Notes that this process has let go of the queue in the middle of a call. If it has more than one, another may be about to get it: then their ends tell.</summary>
    /// <param name="hasEntered">What <see cref="EnterThis"/> has returned.</param>
    public void LeaveThis(bool hasEntered)
    {
        if (TryLock())
        {
            QueueUser* entry = Find(ProcessToken.Own);
            if (entry is not null)
            {
                entry->Calls = Math.Max(0, entry->Calls - (hasEntered ? 1 : 0));
                entry->HasLeft = (short)(entry->Calls == 1 ? 1 : 0);
            }

            _gate.Exit();
        }
    }

    /// <summary>Notes that a call of a process has ended.</summary>
    /// <param name="process">The process.</param>
    /// <param name="failed">Whether it ended otherwise than by returning.</param>
    /// <param name="all">Whether the process ends with it.</param>
    public void Leave(long process, bool failed, bool all)
    {
        if (TryLock())
        {
            QueueUser* entry = Find(process);
            if (entry is not null)
            {
                entry->HasFailed = failed ? (short)1 : entry->HasFailed;
                entry->Calls = all ? 0 : Math.Max(0, entry->Calls - 1);
                Debug.Assert(entry->Calls >= 0, "No more calls end than have begun.");
            }

            _gate.Exit();
        }
    }

    /// <summary>Notes that a process has ended too soon to be entered.</summary>
    public void NoteDeath(int process)
    {
        Volatile.Write(ref state->LastDeath, process);
        GC.KeepAlive(this);
    }

    /// <summary>Tells whether no other process is left, and one ended before its work did: then its number, else null.</summary>
    public int? FindDeath()
    {
        if (!TryLock())
        {
            return null;
        }

        int death = state->LastDeath;
        QueueUser[] entries = CopyAndUnlock();
        foreach (QueueUser entry in entries)
        {
            if (entry.Process == 0 || entry.Process == ProcessToken.Own)
            {
                continue;
            }

            if (entry.Calls > 0 && ProcessToken.IsAlive(entry.Process))
            {
                return null;
            }

            if (entry.Calls > 0 || entry.HasFailed != 0)
            {
                death = ProcessToken.IdOf(entry.Process);
            }
        }

        return death != 0 ? death : null;
    }

    /// <summary>Whether any process has it that has not ended, as far as is known.</summary>
    /// <param name="except">A process that does not count; zero for none.</param>
    public bool AnyLives(long except) =>
        !TryLock() || Array.Exists(CopyAndUnlock(), entry => entry.Calls > 0 && entry.HasLeft == 0 && entry.Process != 0 && entry.Process != except && ProcessToken.IsAlive(entry.Process));

    /// <summary>The entries, to be looked at without the lock: to ask for a process takes the system longer than all else.</summary>
    private QueueUser[] CopyAndUnlock()
    {
        QueueUser[] entries = new ReadOnlySpan<QueueUser>(Entries, QueueState.UserEntries.Count).ToArray();
        _gate.Exit();
        return entries;
    }

    /// <summary>Takes the lock, if the table is still good for anything. An entry is written in such an order that half of it, which a dead one may leave, does no harm.</summary>
    private bool TryLock()
    {
        if (Volatile.Read(ref state->AreUsersMissing) == 0)
        {
            if (_gate.TryEnter(new WaitDeadline(Limit), out _))
            {
                return true;
            }

            Volatile.Write(ref state->AreUsersMissing, 1);
        }

        GC.KeepAlive(this);
        return false;
    }

    private QueueUser* Find(long process)
    {
        for (QueueUser* entry = Entries; entry < Entries + QueueState.UserEntries.Count; entry++)
        {
            if (entry->Process == process)
            {
                return entry;
            }
        }

        return null;
    }

    private void Add(long process)
    {
        QueueUser* free = FindFree();
        if (free is null)
        {
            state->AreUsersMissing = 1;
            return;
        }

        Volatile.Write(ref free->Process, 0);
        free->HasFailed = 0;
        free->HasLeft = 0;
        free->Calls = 1;
        Volatile.Write(ref free->Process, process);
    }

    private QueueUser* FindFree()
    {
        for (QueueUser* entry = Entries; entry < Entries + QueueState.UserEntries.Count; entry++)
        {
            if (entry->Process == 0 || (entry->Calls == 0 && entry->HasFailed == 0))
            {
                return entry;
            }
        }

        for (QueueUser* entry = Entries; entry < Entries + QueueState.UserEntries.Count; entry++)
        {
            if (entry->Calls == 0 || !ProcessToken.IsAlive(entry->Process))
            {
                // One death is as good as another.
                state->LastDeath = ProcessToken.IdOf(entry->Process);
                return entry;
            }
        }

        return null;
    }
}
