using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Memory;

/// <summary>On Linux the threads of all processes share one sequence of numbers. In the upper half, the start time: numbers come again.</summary>
internal static class LinuxThreadToken
{
    public static long Make() => Of(ProcessStatus.OfThisThread);

    public static bool IsAlive(long token) => ProcessStatus.Of((int)token) is { IsAlive: true } status && Of(status) == token;

    /// <summary>The token of a process's first thread, whose number is the process's; zero if it has ended.</summary>
    public static long Of(int process) => ProcessStatus.Of(process) is { IsAlive: true } status ? Of(status) : 0;

    private static long Of(ProcessStatus status) => ((long)status.Start << 32) | (uint)status.Id;
}
