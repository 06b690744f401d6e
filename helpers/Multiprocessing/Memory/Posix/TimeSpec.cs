using System.Runtime.InteropServices;

namespace Multiprocessing.Memory.Posix;

/// <summary><c>struct timespec</c> of 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public long Seconds;
    public long Nanoseconds;
}
