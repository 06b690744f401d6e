namespace Multiprocessing.Workers.Launching;

/// <summary>Processors by their numbers, as systems take them: a bit for each.</summary>
internal static class ProcessorSet
{
    /// <summary>What there is room for in glibc's <c>cpu_set_t</c>; and in a process's processor group on Windows.</summary>
    private static readonly int Most = OperatingSystem.IsWindows() ? 64 : 1024;

    /// <summary>Throws if they cannot be processors.</summary>
    /// <param name="processors">Their numbers.</param>
    /// <param name="name">What the caller calls them.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One has a number that is none.</exception>
    /// <exception cref="PlatformNotSupportedException">The system lets nobody choose.</exception>
    public static void Check(IReadOnlyCollection<int> processors, string name)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException($"{name}: only Linux and Windows let a program choose the processors of another.");
        }

        if (processors.Count == 0)
        {
            throw new ArgumentException("Without a processor nothing runs: name one, or leave it out for all.", name);
        }

        foreach (int processor in processors)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(processor, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(processor, Most, name);
        }
    }

    /// <summary>As Windows takes them.</summary>
    public static nint MaskOf(int[] processors) => (nint)processors.Aggregate(0UL, static (mask, processor) => mask | (1UL << processor));

    /// <summary>As Linux takes them.</summary>
    public static ulong[] WordsOf(int[] processors)
    {
        ulong[] words = new ulong[Most / 64];
        Array.ForEach(processors, processor => words[processor / 64] |= 1UL << (processor % 64));
        return words;
    }
}
