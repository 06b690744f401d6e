using Multiprocessing.Memory;

namespace Multiprocessing.Connections;

/// <summary>
/// The events by which workers wake this process: in one segment, which every worker maps when it starts, so that to lend a worker to a call takes no more than the number of an event. Thread-safe.
/// </summary>
internal sealed unsafe class ParentEvents
{
    /// <summary>Number zero is none. Where more are asked for they are shared, and wake more than they should, which harms nobody.</summary>
    private const int Count = 256;

    /// <summary>How much memory they take, in bytes.</summary>
    public static readonly int Size = Count * sizeof(SharedEventState);

    private readonly Segment _segment;
    private readonly bool[] _isRented = new bool[Count];
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
        lock (_isRented)
        {
            int slot = Array.IndexOf(_isRented, false, 1);
            if (slot < 0)
            {
                return 1 + (_shared++ % (Count - 1));
            }

            _isRented[slot] = true;
            return slot;
        }
    }

    /// <summary>Takes an event back.</summary>
    public void Return(int slot)
    {
        lock (_isRented)
        {
            _isRented[slot] = false;
        }
    }
}
