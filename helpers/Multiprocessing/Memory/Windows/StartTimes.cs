using System.Runtime.InteropServices;

namespace Multiprocessing.Memory.Windows;

/// <summary>When processes and threads started, in the system's units, as far as they have not ended: an object of the kernel stays, and its number with it, as long as anybody has a handle of it. Thread-safe.</summary>
internal static unsafe class StartTimes
{
    /// <summary>That of a process; null if none of that number runs, zero if it runs and may not be asked: then it is none of this user's.</summary>
    public static ulong? OfProcess(int id)
    {
        nint process = Kernel32.OpenProcess(Kernel32.QueryProcess | Kernel32.Synchronize, 0, (uint)id);
        bool canWait = process != 0;
        if (!canWait && Marshal.GetLastPInvokeError() == Kernel32.AccessDenied)
        {
            // One with more rights than this may be asked, and not waited for.
            process = Kernel32.OpenProcess(Kernel32.QueryProcess, 0, (uint)id);
            if (process == 0)
            {
                return Marshal.GetLastPInvokeError() == Kernel32.AccessDenied ? 0 : null;
            }
        }

        if (process == 0)
        {
            return null;
        }

        ulong start = 0, unused;
        uint code;
        bool runs = canWait ? Kernel32.Wait(process, 0) != Kernel32.Signaled : Kernel32.ExitCode(process, &code) != 0 && code == Kernel32.StillRunning;
        bool isKnown = Kernel32.ProcessTimes(process, &start, &unused, &unused, &unused) != 0;
        _ = Kernel32.Close(process);
        return !runs ? null : isKnown ? start : 0;
    }

    /// <summary>That of a thread of any process of this user; null if none of that number runs.</summary>
    public static ulong? OfThread(uint id)
    {
        nint thread = Kernel32.OpenThread(Kernel32.QueryThread | Kernel32.Synchronize, 0, id);
        if (thread == 0)
        {
            return null;
        }

        ulong start = 0, unused;
        bool runs = Kernel32.Wait(thread, 0) != Kernel32.Signaled && Kernel32.ThreadTimes(thread, &start, &unused, &unused, &unused) != 0;
        _ = Kernel32.Close(thread);
        return runs ? start : null;
    }
}
