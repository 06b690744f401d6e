using System.Globalization;
using System.Runtime.InteropServices;

namespace Multiprocessing.Worker.Assemblies;

/// <summary>
/// A native library that the parent has loaded from somewhere that only its host knows (a package manager, say): on Linux the kernel tells where.
/// </summary>
internal static class LoadedByParent
{
    public static nint Load(string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        try
        {
            HashSet<string> wanted = [.. NativeLibraries.FileNames(name)];
            string? path = File.ReadLines($"/proc/{ParentId()}/maps")
                .Select(static line => line.IndexOf('/', StringComparison.Ordinal) is >= 0 and int start ? line[start..] : "")
                .FirstOrDefault(path => wanted.Contains(Path.GetFileName(path)));
            return path is not null && NativeLibrary.TryLoad(path, out nint library) ? library : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static string ParentId()
    {
        // pid (name) state ppid …; the name may contain anything, so start after its end.
        string status = File.ReadAllText("/proc/self/stat");
        return status[(status.LastIndexOf(')') + 2)..].Split(' ')[1].ToString(CultureInfo.InvariantCulture);
    }
}
