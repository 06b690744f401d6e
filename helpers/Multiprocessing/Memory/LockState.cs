using System.Runtime.InteropServices;

namespace Multiprocessing.Memory;

/// <summary>A <see cref="SharedLock"/> in shared memory; a cache line. All zero: free.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct LockState
{
    /// <summary>The token of the thread that has it, with <see cref="Waiting"/>; zero if it is free. The kernel's word to wait for is the lower half.</summary>
    public long Owner;

    /// <summary>How often that thread has entered again. Only that thread writes it.</summary>
    public int Reentries;

    /// <summary>When somebody last looked whether the holder lives (<see cref="Environment.TickCount64"/>, which all processes of a system share).</summary>
    public long LookedAt;

    /// <summary>In <see cref="Owner"/>: somebody waits in the kernel and wants to be woken.</summary>
    public const long Waiting = 0x8000_0000;
}
