using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Synchronization;

/// <summary>A <see cref="ProcessEvent"/> in shared memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EventState
{
    public SharedEventState Changed;

    /// <summary>Not zero while it is set. The only word there is to change, so that nobody can die in the middle.</summary>
    public int IsSet;
}
