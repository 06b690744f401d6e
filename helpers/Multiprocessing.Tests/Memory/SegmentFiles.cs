using System.Globalization;
using System.Runtime.InteropServices;
using Multiprocessing.Connections;
using Multiprocessing.Memory;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Memory;

/// <summary>Looks at the files of shared memory from outside.</summary>
internal static class SegmentFiles
{
    public static string Place { get; } = OperatingSystem.IsLinux() ? "/dev/shm" : Path.GetTempPath();

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

    /// <summary>The segments that this program has at the moment. On Windows without those that were closed, whose files go with the last object that maps them.</summary>
    public static string[] OfThisProgram() => [.. FoldersOf(Environment.ProcessId).SelectMany(Entries).Where(static path => File.Exists(path) && !(OperatingSystem.IsWindows() && IsClosed(path)))];

    /// <summary>Those of the files, there or gone, that this process has open.</summary>
    public static string[] OpenHandles(IReadOnlySet<string> files) => [.. Descriptors.Targets().Select(MappedFiles.WithoutMark).Where(IsOneOf(files))];

    /// <summary>How many mappings of the files, there or gone, this process has.</summary>
    public static int Mappings(IReadOnlySet<string> files) => MappedFiles.OfThisProcess().Select(static file => file.Path).Count(IsOneOf(files));

    /// <summary>What is in the folders of a host, whatever it is called by now.</summary>
    public static string[] Of(WorkerHost host) => [.. FoldersOf(host).Where(Directory.Exists).SelectMany(Entries).Where(File.Exists)];

    /// <summary>The folders of a host, there or not.</summary>
    public static string[] FoldersOf(WorkerHost host) => [.. host.Memory.Folder.Roots.Select(root => Path.Combine(root, host.Memory.Folder.Name))];

    /// <summary>On Windows a file loses its name before it is deleted: what is in the folder of these, which is no other test's, is one of them. The system has its own names for drives.</summary>
    private static Func<string, bool> IsOneOf(IReadOnlySet<string> files)
    {
        if (!OperatingSystem.IsWindows())
        {
            return files.Contains;
        }

        string[] folders = [.. files.Select(static file => Path.GetDirectoryName(file)![2..]).Distinct()];
        return path => Array.Exists(folders, folder => Path.GetDirectoryName(path)?.EndsWith(folder, StringComparison.OrdinalIgnoreCase) == true);
    }

    private static bool IsClosed(string path)
    {
        Span<long> header = stackalloc long[Segment.ClosedWord + 1];
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            file.ReadExactly(MemoryMarshal.AsBytes(header));
            return header[0] == Segment.Signature && header[Segment.ClosedWord] != 0;
        }
        catch (EndOfStreamException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is being deleted.
            return true;
        }
    }

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
