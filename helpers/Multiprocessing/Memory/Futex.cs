using System.Runtime.InteropServices;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Memory;

/// <summary>Waits in the kernel until a word of shared memory changes (Linux: futex(2)); elsewhere, sleeps for a moment. Thread-safe.</summary>
internal static unsafe class Futex
{
    private const nint WaitOperation = 0;
    private const nint WakeOperation = 1;

    /// <summary>The system call's number; zero where it is not used.</summary>
    private static readonly nint Call = !OperatingSystem.IsLinux() || (AppContext.TryGetSwitch(PortableSwitch, out bool portable) && portable) ? 0 : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        _ => 0,
    };

    /// <summary>Set in <see cref="AppContext"/> to sleep and look again where the kernel could wait for a word.</summary>
    public const string PortableSwitch = "Multiprocessing.PortableWaiting";

    /// <summary>Waits while the word has that value, but not longer than the limit; may return sooner.</summary>
    public static void Wait(int* word, int value, TimeSpan limit)
    {
        if (Call == 0)
        {
            Thread.Sleep(limit < TimeSpan.FromMilliseconds(1) ? 0 : 1);
            return;
        }

        TimeSpec relative = new() { Seconds = limit.Ticks / TimeSpan.TicksPerSecond, Nanoseconds = limit.Ticks % TimeSpan.TicksPerSecond * 100 };
        _ = Libc.SystemCall(Call, word, WaitOperation, value, &relative, 0, 0);
    }

    /// <summary>Wakes one that waits, if any does.</summary>
    public static void WakeOne(int* word) => Wake(word, 1);

    /// <summary>Wakes all that wait.</summary>
    public static void WakeAll(int* word) => Wake(word, int.MaxValue);

    private static void Wake(int* word, int most)
    {
        if (Call != 0)
        {
            _ = Libc.SystemCall(Call, word, WakeOperation, most, null, 0, 0);
        }
    }
}
