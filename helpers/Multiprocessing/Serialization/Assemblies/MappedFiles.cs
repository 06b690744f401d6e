namespace Multiprocessing.Serialization.Assemblies;

/// <summary>The files that are part of this process's memory, so that a change to the file changes the memory.</summary>
internal static class MappedFiles
{
    /// <summary>Tells whether the file that is now at a path is one of them. Windows does not let such a file be changed; other systems do not say.</summary>
    public static bool Contains(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            // address rights offset device inode path; the path of a file that was deleted or replaced has " (deleted)" after it.
            return File.ReadLines("/proc/self/maps").Any(line => line.EndsWith(" " + path, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
