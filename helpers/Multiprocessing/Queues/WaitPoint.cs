using System.Runtime.InteropServices;

namespace Multiprocessing.Queues;

/// <summary>Where one side waits for the other, in shared memory.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct WaitPoint
{
    /// <summary>Not zero if somebody may be asleep.</summary>
    public int IsAnyoneWaiting;

    /// <summary>Changes with every call to wake up; the kernel's word to wait for.</summary>
    public int Calls;
}
