using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multiprocessing.Queues;

/// <summary>The items that were taken out of a queue and are not acknowledged yet, in shared memory (<see cref="QueueLeases"/>). All zero: none.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LeaseState
{
    /// <summary>How many of the entries have ever been used.</summary>
    public int Used;

    /// <summary>Where to begin the search for a free entry.</summary>
    public int Next;

    /// <summary>When somebody last looked whether the holders live (<see cref="Environment.TickCount64"/>).</summary>
    public long LookedAt;

    public LeaseEntries Entries;

    /// <summary>An item that was taken.</summary>
    public struct Entry
    {
        /// <summary>In <see cref="Process"/>: the item is to be taken once more. No process has such a token.</summary>
        public const long Returned = -1;

        /// <summary>The token of the process that has the item; zero: the entry is free.</summary>
        public long Process;

        /// <summary>Where its record lies (<see cref="QueuePosition"/>).</summary>
        public long Position;

        /// <summary>The how-manyth item of the queue it is.</summary>
        public long Number;
    }

    [InlineArray(Count)]
    public struct LeaseEntries
    {
        public const int Count = 10_000;

        private Entry _first;
    }
}
