using System.Runtime.InteropServices;
using Multiprocessing.Memory.Apple;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Memory.Windows;

namespace Multiprocessing.Memory;

/// <summary>
/// Waits until a word of shared memory changes: in the kernel, where it does that between processes (Linux: futex(2); macOS: <see cref="AddressWait"/>); in a list beside the word, where it does not (Windows:
/// <see cref="ListedSleep"/>); elsewhere, by a short sleep. Thread-safe.
/// </summary>
internal static unsafe class Futex
{
    private const nint WaitOperation = 0;
    private const nint WakeOperation = 1;

    private static readonly bool IsPortable = AppContext.TryGetSwitch(PortableSwitch, out bool portable) && portable;

    /// <summary>The system call's number; zero where it is not used.</summary>
    private static readonly nint Call = !OperatingSystem.IsLinux() || IsPortable ? 0 : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        _ => 0,
    };

    private static readonly ListedSleep? Listed = OperatingSystem.IsWindows() && !IsPortable ? new ListedSleep(new ThreadSignals()) : null;

    /// <summary>Set in <see cref="AppContext"/> to sleep for a moment and look again, whatever the system could do.</summary>
    public const string PortableSwitch = "Multiprocessing.PortableWaiting";

    /// <summary>Waits while the word has that value, but not longer than the limit; may return sooner.</summary>
    /// <param name="word">The word.</param>
    /// <param name="value">What it had.</param>
    /// <param name="limit">The longest time.</param>
    /// <param name="sleepers">The list beside the word.</param>
    public static void Wait(int* word, int value, TimeSpan limit, SleeperList sleepers)
    {
        if (Call != 0)
        {
            TimeSpec relative = new() { Seconds = limit.Ticks / TimeSpan.TicksPerSecond, Nanoseconds = limit.Ticks % TimeSpan.TicksPerSecond * 100 };
            _ = Libc.SystemCall(Call, word, WaitOperation, value, &relative, 0, 0);
            return;
        }

        if (!(Listed is not null ? Listed.TryWait(word, value, limit, sleepers) : !IsPortable && AddressWait.TryWait(word, value, limit)))
        {
            Thread.Sleep(limit < TimeSpan.FromMilliseconds(1) ? 0 : 1);
        }
    }

    /// <summary>Waits while all of the words have their values, but not longer than the limit; may return sooner.</summary>
    /// <param name="words">The words.</param>
    /// <param name="limit">The longest time.</param>
    /// <returns>False if the caller must pass its time in another way: the system cannot wait for so many words, or for several at all.</returns>
    public static bool TryWaitAny(ReadOnlySpan<WatchedWord> words, TimeSpan limit) =>
        Call != 0 ? FutexVector.TryWait(words, limit) : Listed is not null && words.Length <= FutexVector.Most && Listed.TryWaitAny(words, limit);

    /// <summary>Wakes one that waits, if any does: after the word has been changed, and a full fence.</summary>
    public static void WakeOne(int* word, SleeperList sleepers) => Wake(word, 1, sleepers);

    /// <summary>Wakes all that wait: after the word has been changed, and a full fence.</summary>
    public static void WakeAll(int* word, SleeperList sleepers) => Wake(word, int.MaxValue, sleepers);

    private static void Wake(int* word, int most, SleeperList sleepers)
    {
        if (Call != 0)
        {
            _ = Libc.SystemCall(Call, word, WakeOperation, most, null, 0, 0);
        }
        else if (Listed is not null)
        {
            Listed.Wake(sleepers, most);
        }
        else if (!IsPortable)
        {
            AddressWait.Wake(word, all: most > 1);
        }
    }
}
