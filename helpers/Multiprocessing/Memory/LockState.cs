using System.Runtime.InteropServices;

namespace Multiprocessing.Memory;

/// <summary>A lock in shared memory. All zero: free.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct LockState
{
    /// <summary>The token of the thread that has it, with <see cref="Waiting"/>; zero if it is free.</summary>
    public long Owner;

    /// <summary>How often that thread has entered again. Only that thread writes it.</summary>
    public int Reentries;

    /// <summary>In <see cref="Owner"/>: somebody waits in the kernel and wants to be woken.</summary>
    public const long Waiting = 0x8000_0000;
}
