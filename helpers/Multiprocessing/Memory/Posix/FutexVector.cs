using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Multiprocessing.Memory.Posix;

/// <summary>Linux's wait for one of several words (futex_waitv(2), since Linux 5.16, with one number on all processors). Thread-safe.</summary>
internal static unsafe class FutexVector
{
    /// <summary>For how many words the kernel waits at once.</summary>
    public const int Most = 128;

    private const nint Call = 449;

    /// <summary>FUTEX2_SIZE_U32, of memory that processes share.</summary>
    private const uint Flags = 2;

    private const nint MonotonicClock = 1;

    /// <summary>EINVAL.</summary>
    private const int InvalidArgument = 22;

    /// <summary>Whether this kernel has it, and lets this process have it: then it says that to wait for nothing makes no sense.</summary>
    private static readonly bool IsThere = Libc.SystemCall(Call, 0, 0, 0, null, MonotonicClock) < 0 && Marshal.GetLastSystemError() == InvalidArgument;

    /// <summary>Sleeps while all of the words have their values, but not longer than the limit; may return sooner.</summary>
    /// <returns>False if the caller must pass its time in another way: the kernel does not do it.</returns>
    public static bool TryWait(ReadOnlySpan<WatchedWord> words, TimeSpan limit)
    {
        if (!IsThere || words.Length > Most)
        {
            return false;
        }

        Element* elements = stackalloc Element[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            elements[i] = new Element { Value = (uint)words[i].Value, Word = words[i].Word, Flags = Flags };
        }

        // The time at which it ends, on the clock that a Stopwatch reads.
        long end = Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * Stopwatch.Frequency);
        TimeSpec deadline = new() { Seconds = end / Stopwatch.Frequency, Nanoseconds = end % Stopwatch.Frequency * (1_000_000_000 / Stopwatch.Frequency) };
        _ = Libc.SystemCall(Call, (nint)elements, words.Length, 0, &deadline, MonotonicClock);
        return true;
    }

    /// <summary><c>struct futex_waitv</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Element
    {
        public ulong Value;
        public int* Word;
        public uint Flags;
        public uint Reserved;
    }
}
