using System.Globalization;

namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>How much memory a process takes, as Linux tells it, in megabytes.</summary>
internal static class ProcessMemory
{
    /// <summary>What is in memory, with all that it shares with others.</summary>
    public static double ResidentMegabytes(string process) => Sum(process, "Rss:");

    /// <summary>What no other process shares with it: what the kernel calls private, clean and dirty.</summary>
    public static double PrivateMegabytes(string process) => Sum(process, "Private_Clean:", "Private_Dirty:");

    private static double Sum(string process, params string[] names) => File.ReadLines($"/proc/{process}/smaps_rollup")
        .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => names.Contains(words[0]))
        .Sum(static words => double.Parse(words[1], CultureInfo.InvariantCulture)) / 1024;
}
