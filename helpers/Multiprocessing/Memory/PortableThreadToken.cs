using System.Collections.Concurrent;

namespace Multiprocessing.Memory;

/// <summary>
/// Where threads have no number of their own: the process in the lower half; in the upper half its start time, folded, and the thread's number in it. The end of
/// a process is seen by every other; the end of a thread by its own process only. For macOS, and for the processes of Windows; tested on Linux.
/// </summary>
internal static class PortableThreadToken
{
    private const int NumberAt = 48;
    private const int StartAt = 32;

    private static readonly ConcurrentDictionary<ushort, WeakReference<Thread>> Threads = new();
    private static int s_last;

    public static long Make()
    {
        ushort number;
        do
        {
            number = (ushort)Interlocked.Increment(ref s_last);
        }
        while (IsRunning(number));

        Threads[number] = new WeakReference<Thread>(Thread.CurrentThread);
        return OfProcess(Environment.ProcessId, ProcessIdentity.OfThisProcess.Start) | ((long)number << NumberAt);
    }

    public static bool IsAlive(long token)
    {
        int process = (int)token;
        bool isOwn = process == Environment.ProcessId;
        ulong? start = isOwn ? ProcessIdentity.OfThisProcess.Start : ProcessIdentity.StartOf(process);
        return start is { } known && OfProcess(process, known) == (token & ((1L << NumberAt) - 1)) && (!isOwn || IsRunning((ushort)(token >>> NumberAt)));
    }

    /// <summary>The part that all threads of a process have in common; zero if it has ended.</summary>
    public static long OfProcess(int process) => ProcessIdentity.StartOf(process) is { } start ? OfProcess(process, start) : 0;

    private static bool IsRunning(ushort number) =>
        Threads.TryGetValue(number, out WeakReference<Thread>? entry) && entry.TryGetTarget(out Thread? thread) && thread.IsAlive;

    private static long OfProcess(int id, ulong start)
    {
        ulong folded = start ^ (start >> 16) ^ (start >> 32) ^ (start >> 48);
        return ((long)(folded & 0xFFFF) << StartAt) | (uint)id;
    }
}
