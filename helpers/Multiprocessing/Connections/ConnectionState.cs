using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Connections;

/// <summary>
/// What stands before the buffers in the memory of a connection. What one side writes and the other reads at every input lies two cache lines apart: processors fetch them in pairs. All zero at first.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ConnectionState
{
    /// <summary>The ring from the parent.</summary>
    public SharedRingState Requests;

    /// <summary>The ring to the parent.</summary>
    public SharedRingState Replies;

    /// <summary>What the worker waits for.</summary>
    public SharedEventState WorkerEvent;

    /// <summary>What the worker writes.</summary>
    public WorkerWords Worker;

    /// <summary>What the parent writes.</summary>
    public ParentWords Parent;

    /// <summary>What both write.</summary>
    public CommonWords Common;

    /// <summary>What the worker writes.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    public struct WorkerWords
    {
        /// <summary>A <see cref="WorkerPosition.Word"/>.</summary>
        public long Position;

        /// <summary>The index of the input whose result stands first in the journal.</summary>
        public long JournalFirst;

        /// <summary>The call of which the worker has taken up something last.</summary>
        public int CurrentCall;

        /// <summary>Whether the worker takes part in the <see cref="RemoteFence"/>.</summary>
        public int IsFenced;

        /// <summary>How much physical memory the worker has, in bytes, if the parent watches that.</summary>
        public long ResidentMemory;
    }

    /// <summary>What the parent writes.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    public struct ParentWords
    {
        /// <summary>
        /// The place of the first input that the worker must not begin with; when it has seen that, the complement of the place where it did. The parent sets it; the worker
        /// removes it at the first input that it was given later.
        /// </summary>
        public long Limit;

        /// <summary>The place of the first input behind the limit that is none of those that were taken back.</summary>
        public long RevokedUpTo;

        /// <summary>The number of the event of the call that attends to the worker; zero if none does.</summary>
        public int Attendant;

        /// <summary>Not zero as long as the parent has more to send than there is room for.</summary>
        public int AwaitsRoom;

        /// <summary>How many processes may wait at the same time, those of a pool: how long each of them looks before it sleeps depends on that.</summary>
        public int Workers;

        /// <summary>Not zero if the worker is to say how much memory it has.</summary>
        public int WatchesMemory;
    }

    /// <summary>What both write.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    public struct CommonWords
    {
        /// <summary>Not zero from when the worker has rung by the line until the parent has heard it: it need not ring again.</summary>
        public int IsRung;
    }
}
