using System.Runtime.InteropServices;

namespace Multiprocessing.Queues;

/// <summary>A process that has or had a queue, in shared memory.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct QueueUser
{
    /// <summary>Which process; zero: no entry.</summary>
    public long Process;

    /// <summary>How many of its calls have the queue and have not ended.</summary>
    public int Calls;

    /// <summary>Not zero if one of them has ended otherwise than by returning.</summary>
    public int HasFailed;
}
