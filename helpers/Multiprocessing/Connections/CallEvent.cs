using Multiprocessing.Memory;

namespace Multiprocessing.Connections;

/// <summary>The event that the calls of a pool wait for, one of the parent's <see cref="ParentEvents"/>. Thread-safe.</summary>
internal sealed class CallEvent : IDisposable
{
    private readonly ParentEvents _events;
    private int _slot;

    /// <exception cref="IOException">There is no room for it.</exception>
    public CallEvent(ParentEvents events)
    {
        _events = events;
        _slot = events.Rent();
    }

    /// <summary>Where workers find it.</summary>
    public int Slot => _slot;

    /// <summary>Wakes the calls that wait.</summary>
    public void Set() => _events[_slot].Set();

    /// <inheritdoc cref="SharedEvent.PrepareWait"/>
    public int PrepareWait() => _events[_slot].PrepareWait();

    /// <inheritdoc cref="SharedEvent.Wait"/>
    public void Wait(int ticket, TimeSpan limit) => _events[_slot].Wait(ticket, limit);

    /// <summary>Lets another one have its place. Whoever still waits is woken by the wrong one, or by the end of a slice.</summary>
    public void Dispose()
    {
        // Two may do it at the same time: who completes a pool, and who disposes of it meanwhile.
        int slot = Interlocked.Exchange(ref _slot, 0);
        if (slot != 0)
        {
            _events.Return(slot);
        }
    }
}
