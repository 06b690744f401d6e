using System.Runtime.InteropServices;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Benchmarks.Rings;

/// <summary>Keeps a thread on one processor (Linux: sched_setaffinity(2)). Left alone, the system likes to put two processes that wake each other on the same one.</summary>
internal static unsafe class Processor
{
    /// <summary>The system call's number; zero where it is not used.</summary>
    private static readonly nint Call = !OperatingSystem.IsLinux() ? 0 : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 203,
        Architecture.Arm64 => 122,
        _ => 0,
    };

    /// <summary>Whether it can be done here, and there are two.</summary>
    public static bool CanBeChosen => Call != 0 && Environment.ProcessorCount > 1;

    /// <summary>Has the calling thread run there alone.</summary>
    /// <param name="processor">Its number; null for any again.</param>
    /// <exception cref="InvalidOperationException">This process may not run there.</exception>
    public static void Choose(int? processor)
    {
        long mask = processor is { } number ? 1L << number : -1;
        if (Libc.SystemCall(Call, 0, sizeof(long), (nint)(&mask)) != 0)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"this process may not choose processor {processor}"));
        }
    }
}
