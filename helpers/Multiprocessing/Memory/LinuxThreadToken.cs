using System.Runtime.InteropServices;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Memory;

/// <summary>On Linux the threads of all processes share one sequence of numbers. In the upper half, the start time: numbers come again.</summary>
internal static class LinuxThreadToken
{
    public static long Make() => Of(ProcessStatus.OfThisThread);

    public static bool IsAlive(long token) => ProcessStatus.Of((int)token) is { IsAlive: true } status && Of(status) == token;

    /// <summary>To signal zero kill(2) says only whether there is anybody of that number, be it a process or a thread.</summary>
    public static bool HasSurelyEnded(long token) => Libc.Kill((int)token, 0) != 0 && Marshal.GetLastSystemError() == Libc.NoSuchProcess;

    /// <summary>The token of a process's first thread, whose number is the process's; zero if it has ended.</summary>
    public static long Of(int process) => ProcessStatus.Of(process) is { IsAlive: true } status ? Of(status) : 0;

    private static long Of(ProcessStatus status) => ((long)status.Start << 32) | (uint)status.Id;
}
