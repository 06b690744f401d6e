using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Synchronization;

/// <summary>Who waits for a <see cref="ProcessCondition"/>, in shared memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ConditionState
{
    public SharedEventState Changed;

    /// <summary>The number of the last wait.</summary>
    public long LastWait;

    /// <summary>When somebody last looked whether those that have been pulsed live: see <see cref="SliceClock"/>.</summary>
    public long LookedAt;

    /// <summary>How many of the entries have ever been used.</summary>
    public int Used;

    /// <summary>Pages that are not used take no memory.</summary>
    public WaiterEntries Waiters;

    /// <summary>One that waits, or has been pulsed and does not know it yet.</summary>
    public struct Waiter
    {
        /// <summary>The <see cref="ThreadToken"/> of the thread that waits, or the <see cref="ProcessToken"/> of the process if no thread does; zero: the entry is free.</summary>
        public long Owner;

        /// <summary>Not zero: it waits asynchronously, as long as its process lives.</summary>
        public int IsProcess;

        /// <summary>The number of its wait: who has waited longest is pulsed first.</summary>
        public long Wait;

        /// <summary>The number of the last wait at the time when it was pulsed: the pulse is for nobody who has come later. Zero: it has not been pulsed. <see cref="GivenUp"/>: it will not be.</summary>
        public long Pulse;

        /// <summary>In <see cref="Pulse"/>: it does not wait any more, and is about to free the entry.</summary>
        public const long GivenUp = -1;

        /// <summary>Whether the one that waits has not ended. Another one's entry, or half of one, gives any answer.</summary>
        public readonly bool IsAlive => IsProcess != 0 ? ProcessToken.IsAlive(Owner) : ThreadToken.IsAlive(Owner);

        /// <summary>Whether it has ended, by a look that is cheap where it can be; see <see cref="ThreadToken.HasSurelyEnded"/>.</summary>
        public readonly bool HasSurelyEnded => IsProcess != 0 ? !ProcessToken.IsAlive(Owner) : ThreadToken.HasSurelyEnded(Owner);
    }

    [InlineArray(Count)]
    public struct WaiterEntries
    {
        public const int Count = 1000;

        private Waiter _first;
    }
}
