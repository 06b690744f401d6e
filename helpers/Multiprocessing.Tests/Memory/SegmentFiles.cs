using System.Globalization;
using Multiprocessing.Connections;
using Multiprocessing.Memory;

namespace Multiprocessing.Tests.Memory;

/// <summary>Looks at the files of shared memory from outside.</summary>
internal static class SegmentFiles
{
    public static string Place { get; } = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>The files that a program and its workers have, with their folders. On Windows, where a program cannot delete what it has mapped, a folder that is empty may stay until the next program.</summary>
    public static string[] Of(int program) =>
        [.. FoldersOf(program).Where(static folder => !OperatingSystem.IsWindows() || Entries(folder).Any(File.Exists)).SelectMany(static folder => (string[])[folder, .. Entries(folder)])];

    /// <summary>How many shared objects a program and its workers have: files, apart from those by which workers are started and connected with their parent.</summary>
    public static int ObjectsOf(int program) => Of(program).Where(static path => !path.EndsWith(SegmentFolder.SettingsExtension, StringComparison.Ordinal)).Select(static path => new FileInfo(path)).Count(static file =>
    {
        try
        {
            // One that is being made just now, as for a worker of the stock, has no size yet.
            return file.Length - Segment.DataAt is > 0 and var size && size != ConnectionMemory.Size && size != ParentEvents.Size;
        }
        catch (FileNotFoundException)
        {
            // A folder; or it has just gone.
            return false;
        }
    });

    public static string[] FoldersOf(int program) =>
        [.. new[] { Place, Path.GetTempPath() }.Distinct()
            .SelectMany(place => Directory.GetDirectories(place, string.Create(CultureInfo.InvariantCulture, $"multiprocessing-{program}-*")))];

    /// <summary>The segments that this program has at the moment.</summary>
    public static string[] OfThisProgram() => [.. FoldersOf(Environment.ProcessId).SelectMany(Entries).Where(File.Exists)];

    /// <summary>Those of the files, there or gone, that this process has open.</summary>
    public static string[] OpenHandles(IReadOnlySet<string> files) =>
        [.. Descriptors.Targets().Select(WithoutMark).Where(files.Contains)];

    /// <summary>How many mappings of the files, there or gone, this process has.</summary>
    public static int Mappings(IReadOnlySet<string> files) =>
        File.ReadLines("/proc/self/maps").Count(line => line.IndexOf('/', StringComparison.Ordinal) is >= 0 and int path && files.Contains(WithoutMark(line[path..])));

    private static string WithoutMark(string path) => path.EndsWith(" (deleted)", StringComparison.Ordinal) ? path[..^10] : path;

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
