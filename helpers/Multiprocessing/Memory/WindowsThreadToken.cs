using Multiprocessing.Memory.Windows;

namespace Multiprocessing.Memory;

/// <summary>On Windows, too, the threads of all processes share one sequence of numbers, that of the processes. In the upper half, the start time, folded: numbers come again.</summary>
internal static class WindowsThreadToken
{
    public static long Make()
    {
        uint id = Kernel32.CurrentThread();
        return Of(id, StartTimes.OfThread(id) ?? 0);
    }

    public static bool IsAlive(long token) => StartTimes.OfThread((uint)token) is { } start && Of((uint)token, start) == token;

    private static long Of(uint id, ulong start) => (long)((start ^ (start >> 32)) << 32) | id;
}
