using Multiprocessing.Memory;

namespace Multiprocessing.Synchronization;

/// <summary>The counting of a <see cref="ProcessSemaphore"/>, under the lock of its segment. Thread-safe and process-safe.</summary>
/// <remarks>A lock that its holder has left by dying is taken as it is: every change is one store.</remarks>
internal sealed unsafe class SemaphoreCore(Segment segment)
{
    private readonly SemaphoreState* _state = (SemaphoreState*)segment.Data;
    private readonly SharedLock _gate = new((LockState*)segment.Lock, segment);

    public SharedEvent Changed => new(&_state->Changed, segment);

    /// <summary>How many can be taken.</summary>
    public int Available
    {
        get
        {
            Enter();
            int available = AvailableNow();
            _gate.Exit();
            return available;
        }
    }

    private Span<SemaphoreState.Holder> Holders => ((Span<SemaphoreState.Holder>)_state->Holders)[..Math.Clamp(_state->Used, 0, SemaphoreState.HolderEntries.Count)];

    public void Initialize(int count, int maxCount)
    {
        _state->Circulating = count;
        _state->MaxCount = maxCount;
    }

    /// <summary>Whether there is one to take.</summary>
    public bool CanTake()
    {
        Enter();
        bool isThere = IsThereOne();
        _gate.Exit();
        return isThere;
    }

    /// <summary>Takes one for good, if there is one.</summary>
    public bool TryTake()
    {
        Enter();
        bool isThere = IsThereOne();
        _state->Circulating -= isThere ? 1 : 0;
        _gate.Exit();
        return isThere;
    }

    /// <summary>Takes one for this process, which holds it until it gives it back or ends, if there is one.</summary>
    /// <exception cref="InvalidOperationException">Too many processes hold some.</exception>
    public bool TryHold()
    {
        Enter();
        try
        {
            if (!IsThereOne())
            {
                return false;
            }

            Own().Count++;
            return true;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Gives back one that this process holds.</summary>
    public void Unhold()
    {
        Enter();
        Own().Count--;
        _gate.Exit();
        Changed.Set();
    }

    /// <summary>Adds some.</summary>
    /// <returns>How many could be taken before.</returns>
    /// <exception cref="SemaphoreFullException">There would be more than there may be.</exception>
    public int Release(int count)
    {
        Enter();
        try
        {
            if (_state->MaxCount - _state->Circulating < count)
            {
                throw new SemaphoreFullException();
            }

            int before = AvailableNow();
            _state->Circulating += count;
            return before;
        }
        finally
        {
            _gate.Exit();
            Changed.Set();
        }
    }

    private void Enter() => _gate.TryEnter(WaitDeadline.Never, out _);

    private bool IsThereOne() => AvailableNow() > 0 || (TakeBack() && AvailableNow() > 0);

    private int AvailableNow()
    {
        int held = 0;
        foreach (ref readonly SemaphoreState.Holder holder in Holders)
        {
            held += holder.Count;
        }

        return _state->Circulating - held;
    }

    /// <summary>Takes back what the dead have held, once a slice.</summary>
    private bool TakeBack()
    {
        if (!SliceClock.IsTimeToLook(ref _state->LookedAt))
        {
            return false;
        }

        bool hasAny = false;
        foreach (ref SemaphoreState.Holder holder in Holders)
        {
            if (holder.Count > 0 && !ProcessToken.IsAlive(holder.Process))
            {
                holder.Count = 0;
                hasAny = true;
            }
        }

        return hasAny;
    }

    private ref SemaphoreState.Holder Own()
    {
        long me = ProcessToken.Own;
        int free = -1;
        Span<SemaphoreState.Holder> holders = Holders;
        for (int i = 0; i < holders.Length; i++)
        {
            if (holders[i].Process == me && holders[i].Count > 0)
            {
                return ref holders[i];
            }

            free = free < 0 && holders[i].Count == 0 ? i : free;
        }

        if (free < 0)
        {
            free = _state->Used;
            if (free == SemaphoreState.HolderEntries.Count)
            {
                throw new InvalidOperationException($"More than {SemaphoreState.HolderEntries.Count} processes hold this semaphore at the same time, and it keeps no longer list.");
            }

            _state->Used++;
        }

        ref SemaphoreState.Holder own = ref ((Span<SemaphoreState.Holder>)_state->Holders)[free];
        own.Process = me;
        return ref own;
    }
}
