using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Synchronization;

/// <summary>
/// Who waits for a <see cref="ProcessCondition"/>: the same list in every process. For the thread that has the condition's lock, but for what says otherwise.
/// </summary>
/// <remarks>An entry is written in such an order that half of it, which a dead one may leave, is a free one or one of the dead.</remarks>
internal sealed unsafe class ConditionWaiters : ISharedObject
{
    private ConditionState* _state;
    private WaitPlace _place = null!;

    public ConditionWaiters(SerializationContext context) => ((ISharedObject)this).Attach(context.Memory.Create(sizeof(ConditionState)), context);

    /// <summary>How one waits. Thread-safe.</summary>
    public WaitPlace Place => _place;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ref readonly ConditionState.Waiter waiter in Waiters)
            {
                count += waiter.Owner != 0 && waiter.Pulse == 0 ? 1 : 0;
            }

            return count;
        }
    }

    Segment? ISharedObject.Segment => _place.Segment;

    private Span<ConditionState.Waiter> Waiters => ((Span<ConditionState.Waiter>)_state->Waiters)[..Math.Clamp(_state->Used, 0, ConditionState.WaiterEntries.Count)];

    /// <summary>Notes that one waits.</summary>
    /// <param name="isAsync">Whether it is the process that waits, by no thread of its own, and not the calling thread.</param>
    /// <returns>Its entry.</returns>
    /// <exception cref="InvalidOperationException">Too many wait.</exception>
    public int Enter(bool isAsync)
    {
        int index = Find(static waiter => waiter.Owner == 0);
        if (index < 0 && _state->Used < ConditionState.WaiterEntries.Count)
        {
            index = _state->Used++;
        }

        if (index < 0)
        {
            PassOnOfDead();
            index = Find(static waiter => waiter.Owner == 0 || !waiter.IsAlive);
        }

        if (index < 0)
        {
            throw new InvalidOperationException($"More than {ConditionState.WaiterEntries.Count} wait for this condition at the same time, and it keeps no longer list.");
        }

        ref ConditionState.Waiter waiter = ref ((Span<ConditionState.Waiter>)_state->Waiters)[index];
        Volatile.Write(ref waiter.Owner, 0);
        waiter.IsProcess = isAsync ? 1 : 0;
        waiter.Wait = ++_state->LastWait;
        waiter.Pulse = 0;
        Volatile.Write(ref waiter.Owner, isAsync ? ProcessToken.Own : ThreadToken.Current);
        return index;
    }

    /// <summary>Whether it has been pulsed. Thread-safe.</summary>
    public bool IsPulsed(int index)
    {
        bool isPulsed = Volatile.Read(ref ((Span<ConditionState.Waiter>)_state->Waiters)[index].Pulse) != 0;
        GC.KeepAlive(this);
        return isPulsed;
    }

    /// <summary>Whether it seems that one has been killed that had been pulsed. Thread-safe: it changes nothing. Of all that wait, one looks in each slice.</summary>
    public bool MayHaveLostPulse()
    {
        bool isLost = false;
        if (SliceClock.IsTimeToLook(ref _state->LookedAt))
        {
            foreach (ref ConditionState.Waiter waiter in Waiters)
            {
                isLost |= Volatile.Read(ref waiter.Owner) != 0 && Volatile.Read(ref waiter.Pulse) != 0 && !waiter.IsAlive;
            }
        }

        GC.KeepAlive(this);
        return isLost;
    }

    /// <summary>Passes on the pulses of those that were killed before they had the lock again.</summary>
    public void PassOnOfDead()
    {
        Span<ConditionState.Waiter> waiters = Waiters;
        for (int i = 0; i < waiters.Length; i++)
        {
            if (waiters[i].Owner != 0 && waiters[i].Pulse != 0 && !waiters[i].IsAlive)
            {
                PassOn(i);
            }
        }
    }

    /// <summary>Notes that one that has been pulsed does not wait any more, and that its pulse is another's: of those that waited already at the time of it.</summary>
    public void PassOn(int index)
    {
        // Who is killed in between has passed it on twice, which costs a look too many, and not lost it.
        Pulse(1, Waiters[index].Pulse);
        Leave(index);
    }

    /// <summary>Notes that one does not wait any more. Thread-safe if it has been pulsed: the entry is nobody else's then, as long as its owner lives.</summary>
    public void Leave(int index)
    {
        Volatile.Write(ref ((Span<ConditionState.Waiter>)_state->Waiters)[index].Owner, 0);
        GC.KeepAlive(this);
    }

    /// <summary>Notes that one does not wait any more, unless it has been pulsed. Thread-safe: who is cancelled does not wait for the lock.</summary>
    /// <returns>False: it has been pulsed, and still has its entry.</returns>
    public bool TryGiveUp(int index)
    {
        bool hasGivenUp = TrySetPulse(ref ((Span<ConditionState.Waiter>)_state->Waiters)[index], ConditionState.Waiter.GivenUp);
        if (hasGivenUp)
        {
            Leave(index);
        }

        GC.KeepAlive(this);
        return hasGivenUp;
    }

    /// <summary>Pulses those that have waited longest.</summary>
    /// <param name="most">How many at most.</param>
    public void Pulse(int most) => Pulse(most, _state->LastWait);

    private void Pulse(int most, long lastWait)
    {
        int pulsed = 0;
        while (pulsed < most && FindFirst(lastWait) is >= 0 and int index)
        {
            ref ConditionState.Waiter waiter = ref Waiters[index];
            if (waiter.HasSurelyEnded)
            {
                // It was killed while it waited, and would swallow what is meant for another.
                Leave(index);
            }
            else
            {
                // If it has been killed all the same, one of those that wait notices that in the next slice, and has the pulse passed on.
                pulsed += TrySetPulse(ref waiter, lastWait) ? 1 : 0;
            }
        }

        if (pulsed > 0)
        {
            _place.NotifyChange();
        }
    }

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _state = (ConditionState*)segment.Data;
        _place = new WaitPlace("Multiprocessing.ProcessCondition", segment, new SharedEvent(&_state->Changed, segment), context);
    }

    /// <summary>The one thing that who has the lock and who has not may do at the same time: one of them does.</summary>
    private static bool TrySetPulse(ref ConditionState.Waiter waiter, long pulse) => Interlocked.CompareExchange(ref waiter.Pulse, pulse, 0) == 0;

    private int FindFirst(long lastWait)
    {
        int first = -1;
        Span<ConditionState.Waiter> waiters = Waiters;
        for (int i = 0; i < waiters.Length; i++)
        {
            if (waiters[i].Owner != 0 && waiters[i].Pulse == 0 && waiters[i].Wait <= lastWait && (first < 0 || waiters[i].Wait < waiters[first].Wait))
            {
                first = i;
            }
        }

        return first;
    }

    private int Find(Predicate<ConditionState.Waiter> predicate)
    {
        Span<ConditionState.Waiter> waiters = Waiters;
        for (int i = 0; i < waiters.Length; i++)
        {
            if (predicate(waiters[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
