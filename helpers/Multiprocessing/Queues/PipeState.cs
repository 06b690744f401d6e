using System.Runtime.InteropServices;

namespace Multiprocessing.Queues;

/// <summary>One end of a pipe in shared memory: who has it. What is sent lies in queues.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PipeState
{
    /// <summary>The token of the process that made the pipe.</summary>
    public long Maker;

    /// <summary>Not zero once that process has sent or received by this end itself.</summary>
    public int IsUsedByMaker;

    /// <summary>Not zero once another process has got this end.</summary>
    public int IsPassedOn;

    /// <summary>Changes whenever one of these, or who has it, does.</summary>
    public int Changes;

    public QueueState.UsersState Users;
}
