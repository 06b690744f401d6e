using System.Globalization;

namespace Multiprocessing.Tests.Memory;

/// <summary>The files that this process has mapped.</summary>
internal static class MappedFiles
{
    private const string Deleted = " (deleted)";

    /// <summary>All of them, there or gone.</summary>
    public static IReadOnlyList<MappedRange> OfThisProcess() =>
        OperatingSystem.IsWindows() ? WindowsMemoryMap.Files() : [.. File.ReadLines("/proc/self/maps").Where(static line => line.Contains('/', StringComparison.Ordinal)).Select(Parse)];

    /// <summary>The path of a file without the mark that it has been deleted, which Linux puts behind it.</summary>
    public static string WithoutMark(string path) => path.EndsWith(Deleted, StringComparison.Ordinal) ? path[..^Deleted.Length] : path;

    // 7f3c5a200000-7f3c5a2a1000 rw-s 00000000 00:1a 17 /dev/shm/...
    private static MappedRange Parse(string line)
    {
        string[] ends = line.Split(' ', 2)[0].Split('-');
        long start = Hexadecimal(ends[0]);
        return new MappedRange(WithoutMark(line[line.IndexOf('/', StringComparison.Ordinal)..]), (nint)start, Hexadecimal(ends[1]) - start);
    }

    private static long Hexadecimal(string digits) => long.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
