using Multiprocessing.Memory;

namespace Multiprocessing.Connections;

/// <summary>
/// The events by which workers wake this process: in one segment, which every worker maps when it starts, so that to lend a worker to a call takes no more than the number of an event. Thread-safe.
/// </summary>
internal sealed unsafe class ParentEvents : IDisposable
{
    /// <summary>Number zero is none. Where more are asked for they are shared, and wake more than they should, which harms nobody.</summary>
    private const int Count = 256;

    /// <summary>How much memory they take, in bytes.</summary>
    public static readonly int Size = Count * sizeof(SharedEventState);

    private readonly Segment _segment;

    /// <summary>One for each slot that is rented. Bytes, since the search for one is compiled ahead of time.</summary>
    private readonly byte[] _rented = new byte[Count];
    private int _shared;

    /// <exception cref="IOException">There is no room for them.</exception>
    public ParentEvents(SharedMemory memory) => _segment = memory.Create(Size);

    /// <summary>Where a worker finds them.</summary>
    public string Path => _segment.Path;

    /// <summary>An event.</summary>
    public SharedEvent this[int slot] => new((SharedEventState*)_segment.Data + slot, _segment);

    /// <summary>Gives an event that nobody uses, if there is one.</summary>
    public int Rent()
    {
        lock (_rented)
        {
            int slot = 1 + _rented.AsSpan(1).IndexOf((byte)0);
            if (slot == 0)
            {
                return 1 + (_shared++ % (Count - 1));
            }

            _rented[slot] = 1;
            return slot;
        }
    }

    /// <summary>Gives up the name of the memory. Only if no worker was told of it.</summary>
    public void Dispose() => _segment.RemoveUser();

    /// <summary>Takes an event back.</summary>
    public void Return(int slot)
    {
        lock (_rented)
        {
            _rented[slot] = 0;
        }
    }
}
