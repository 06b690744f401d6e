using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Synchronization;

/// <summary>A <see cref="ProcessBarrier"/> in shared memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BarrierState
{
    public SharedEventState Changed;

    /// <summary>A <see cref="BarrierWord"/>: all of it, so that it changes in one step, and nobody can die in the middle.</summary>
    public long Word;

    /// <summary>The process for which it was broken; zero if somebody asked for it.</summary>
    public int Lost;
}
