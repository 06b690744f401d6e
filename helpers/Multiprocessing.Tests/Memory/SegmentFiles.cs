using System.Globalization;

namespace Multiprocessing.Tests.Memory;

/// <summary>Looks at the files of shared memory from outside.</summary>
internal static class SegmentFiles
{
    public static string Place { get; } = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>The files that a program and its workers have, with their folders.</summary>
    public static string[] Of(int program) => [.. FoldersOf(program).SelectMany(static folder => (string[])[folder, .. Entries(folder)])];

    public static string[] FoldersOf(int program) =>
        [.. new[] { Place, Path.GetTempPath() }.Distinct()
            .SelectMany(place => Directory.GetDirectories(place, string.Create(CultureInfo.InvariantCulture, $"multiprocessing-{program}-*")))];

    /// <summary>The segments that this program has at the moment.</summary>
    public static string[] OfThisProgram() => [.. FoldersOf(Environment.ProcessId).SelectMany(Entries).Where(File.Exists)];

    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
