using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Synchronization;

/// <summary>
/// A <see cref="ProcessSemaphore"/> in shared memory. What can be taken is what circulates less what processes hold: so that to take and to give back is one store each, and whoever dies in the middle has done it or has not.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SemaphoreState
{
    public SharedEventState Changed;

    /// <summary>How many there are, with those that processes hold, and without those that were taken for good.</summary>
    public int Circulating;

    /// <summary>How many there may be.</summary>
    public int MaxCount;

    /// <summary>How many of the entries have ever been used.</summary>
    public int Used;

    /// <summary>When somebody last looked whether the holders live: see <see cref="SliceClock"/>.</summary>
    public long LookedAt;

    /// <summary>What processes hold. Pages that are not used take no memory.</summary>
    public HolderEntries Holders;

    /// <summary>A process that holds some.</summary>
    public struct Holder
    {
        /// <summary>Its <see cref="ProcessToken"/>. An entry whose count is zero is free.</summary>
        public long Process;

        public int Count;
    }

    [InlineArray(Count)]
    public struct HolderEntries
    {
        public const int Count = 1000;

        private Holder _first;
    }
}
