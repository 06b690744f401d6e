using System.Diagnostics;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>
/// The items that were taken out of a queue to be acknowledged, as this process sees them. Their records stay where they are until they are, so that they can be taken once more when their taker dies. Everything is for who has the
/// consumers' lock, but for what says otherwise.
/// </summary>
/// <remarks>
/// Anybody may be killed anywhere. An entry becomes one by a single write, that of its process, is another's by a single write, and free by one. Only to take a new item takes two, that of the entry and that of the head: the entry is noted as being
/// made before both, and the next one that has the lock looks whether the head has passed it (<see cref="Settle"/>). The table is a file of its own, made when an item is first taken so: most queues have none.
/// </remarks>
internal sealed unsafe class QueueLeases(Segment segment, QueueState.ConsumersState* state)
{
    /// <summary>No chunk has it.</summary>
    private const int FileNumber = 0;

    /// <summary>Of how many processes a look keeps in mind that they live.</summary>
    private const int MostRemembered = 16;

    private readonly ChunkFiles _files = new(segment);
    private MappedFile? _file;

    /// <summary>Whether any item is out. Thread-safe, without the lock: if it says no, and no item was taken meanwhile, there was none at the end of this.</summary>
    public bool HasAny
    {
        get
        {
            if (Volatile.Read(ref state->HasLeases) == 0)
            {
                return false;
            }

            bool hasAny = false;
            foreach (ref LeaseState.Entry entry in Entries)
            {
                hasAny = Volatile.Read(ref entry.Process) != 0;
                if (hasAny)
                {
                    break;
                }
            }

            GC.KeepAlive(this);
            return hasAny;
        }
    }

    /// <summary>Whether an item seems to have come back. Thread-safe, without the lock.</summary>
    public bool HasReturned
    {
        get
        {
            bool hasReturned = Volatile.Read(ref state->HasReturned) != 0;
            GC.KeepAlive(this);
            return hasReturned;
        }
    }

    private LeaseState* Table => (LeaseState*)(_file ?? Open()).Start;

    private Span<LeaseState.Entry> Entries => All[..Math.Clamp(Volatile.Read(ref Table->Used), 0, LeaseState.LeaseEntries.Count)];

    private Span<LeaseState.Entry> All => Table->Entries;

    /// <summary>Clears up after one that was killed while it took an item: for whoever enters the lock.</summary>
    public void Settle()
    {
        if (state->Leasing != 0)
        {
            ref LeaseState.Entry entry = ref All[state->Leasing - 1];
            if (entry.Number >= state->Head.Own.Count)
            {
                Volatile.Write(ref entry.Process, 0);
            }

            state->Leasing = 0;
        }
    }

    /// <summary>Finds the item that came back and was enqueued first.</summary>
    /// <returns>Its entry; -1 if none has come back.</returns>
    public int FindReturned()
    {
        if (state->HasLeases == 0)
        {
            return -1;
        }

        ReturnDead();
        if (state->HasReturned == 0)
        {
            return -1;
        }

        int first = -1;
        Span<LeaseState.Entry> entries = Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].Process == LeaseState.Entry.Returned && (first < 0 || entries[i].Number < entries[first].Number))
            {
                first = i;
            }
        }

        if (first < 0)
        {
            state->HasReturned = 0;
        }

        return first;
    }

    /// <summary>Takes back what the dead have taken. Once a slice, since a look at a process costs some ten microseconds: and so at each once, as far as they are few.</summary>
    public void ReturnDead()
    {
        if (state->HasLeases == 0 || !IsTimeToLook())
        {
            return;
        }

        Span<long> living = stackalloc long[MostRemembered];
        int looks = 0;
        long dead = 0;
        foreach (ref LeaseState.Entry entry in Entries)
        {
            long process = entry.Process;
            if (process is 0 or LeaseState.Entry.Returned || living.Contains(process))
            {
                continue;
            }

            if (process == dead || !ProcessToken.IsAlive(process))
            {
                dead = process;
                Return(ref entry);
            }
            else
            {
                living[looks++ % MostRemembered] = process;
            }
        }
    }

    /// <summary>Where the record of an entry lies.</summary>
    public QueuePosition PositionOf(int index) => new(All[index].Position);

    /// <summary>Whether any record in a chunk may still be needed.</summary>
    public bool Need(int chunk)
    {
        if (state->HasLeases == 0)
        {
            return false;
        }

        foreach (ref LeaseState.Entry entry in Entries)
        {
            if (entry.Process != 0 && new QueuePosition(entry.Position).Chunk == chunk)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Enters the item at the head, which the caller is about to pass, as this process's. <see cref="EndAdding"/> comes after that.</summary>
    /// <exception cref="InvalidOperationException">Too many are out.</exception>
    /// <exception cref="IOException">There is no room for the table.</exception>
    public QueueLease BeginAdding(QueueProgress head)
    {
        int index = FindFree();
        ref LeaseState.Entry entry = ref All[index];
        state->Leasing = index + 1;
        entry.Position = head.Position.Value;
        entry.Number = head.Count;
        Volatile.Write(ref entry.Process, ProcessToken.Own);
        Table->Used = Math.Max(Table->Used, index + 1);
        return new QueueLease(index, head.Count);
    }

    /// <summary>Ends what <see cref="BeginAdding"/> began.</summary>
    public void EndAdding() => state->Leasing = 0;

    /// <summary>Enters an item that had come back as this process's.</summary>
    public QueueLease Retake(int index)
    {
        Volatile.Write(ref All[index].Process, ProcessToken.Own);
        return new QueueLease(index, All[index].Number);
    }

    /// <summary>Whether this process has the item.</summary>
    public bool Has(QueueLease lease)
    {
        ref LeaseState.Entry entry = ref All[lease.Index];
        return entry.Process == ProcessToken.Own && entry.Number == lease.Number;
    }

    /// <summary>Has an item be taken once more.</summary>
    public void Return(int index) => Return(ref All[index]);

    /// <summary>Frees an entry: the item is done with.</summary>
    public void Free(int index)
    {
        Debug.Assert(All[index].Process != 0, "An item is acknowledged once.");
        Volatile.Write(ref All[index].Process, 0);
        Table->Next = index;
    }

    private void Return(ref LeaseState.Entry entry)
    {
        // First the word: who looks for what has come back, and finds nothing, takes it away.
        Volatile.Write(ref state->HasReturned, 1);
        Volatile.Write(ref entry.Process, LeaseState.Entry.Returned);
    }

    private int FindFree()
    {
        if (state->HasLeases == 0)
        {
            Make();
        }

        Span<LeaseState.Entry> all = All;
        int used = Table->Used;
        for (int i = 0; i < used; i++)
        {
            int index = (Table->Next + i) % used;
            if (all[index].Process == 0)
            {
                return index;
            }
        }

        return used < LeaseState.LeaseEntries.Count
            ? used
            : throw new InvalidOperationException($"More than {LeaseState.LeaseEntries.Count} items of this queue have been taken and not acknowledged, and it keeps no longer list.");
    }

    private bool IsTimeToLook()
    {
        long now = Environment.TickCount64;
        bool isTime = now < Table->LookedAt || now - Table->LookedAt >= (long)WaitDeadline.Slice.TotalMilliseconds;
        if (isTime)
        {
            Table->LookedAt = now;
        }

        return isTime;
    }

    /// <summary>Makes the table. One that is there is nobody's: whoever made it was killed before it could say so, perhaps before it had any size.</summary>
    private void Make()
    {
        _files.Delete(FileNumber);
        _file = _files.Create(FileNumber, sizeof(LeaseState));
        Volatile.Write(ref state->HasLeases, 1);
    }

    private MappedFile Open()
    {
        // More than one may; whoever is slower unmaps it again.
        MappedFile mapped = _files.Open(FileNumber);
        if (Interlocked.CompareExchange(ref _file, mapped, null) is { } faster)
        {
            mapped.Dispose();
            return faster;
        }

        return mapped;
    }
}
