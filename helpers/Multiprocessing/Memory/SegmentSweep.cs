using System.Buffers;
using System.Diagnostics;
using System.Runtime.Versioning;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Memory.Windows;

namespace Multiprocessing.Memory;

/// <summary>
/// Removes what killed programs of this user have left. Only folders that carry the name of a process that has ended are touched, only files that are named
/// like segments are deleted, and links are never followed. Thread-safe.
/// </summary>
internal static class SegmentSweep
{
    private const int IdLength = 32;
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("0123456789abcdef.");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Sweeps one root.</summary>
    public static void Run(string root)
    {
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            foreach (string folder in Directory.EnumerateDirectories(root, SegmentFolder.Prefix + "*"))
            {
                if (watch.Elapsed > Limit)
                {
                    return;
                }

                if (OwnerOf(Path.GetFileName(folder)) is { HasEnded: true } && IsOurs(folder))
                {
                    Remove(folder);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a look at the root there is nothing to sweep.
        }
    }

    /// <summary>Removes a folder of segments with those of its workers. Nothing happens if there is none.</summary>
    /// <returns>What of it is left, since somebody maps it (on Windows): files, each before the folder that it is in. They can go when nobody does any more.</returns>
    public static List<string> Remove(string folder)
    {
        List<string> left = [];
        Remove(folder, left);
        return left;
    }

    private static void Remove(string folder, List<string> left)
    {
        try
        {
            DirectoryInfo info = new(folder);
            if (!info.Exists || info.LinkTarget is not null)
            {
                return;
            }

            // First what says that the owner lives (SegmentFolder.BeginMaking), then what its workers have made: whoever makes something just now sees that, or is seen here.
            foreach (string file in Directory.GetFiles(folder))
            {
                if (IsSegment(Path.GetFileName(file)) && Delete(file) is { } nameless)
                {
                    left.Add(nameless);
                }
            }

            foreach (string inner in Directory.GetDirectories(folder, SegmentFolder.WorkerPrefix + "*"))
            {
                Remove(inner, left);
            }

            if (!TryDeleteFolder(folder) && OperatingSystem.IsWindows())
            {
                left.Add(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else is at it. The next sweep takes what is left.
        }
    }

    /// <summary>Takes the name from a segment's file, and deletes it, if that can be done now. Whoever has it mapped keeps the memory.</summary>
    /// <returns>Where it still is, under a name that nobody knows, since somebody maps it (on Windows); null if it is gone.</returns>
    public static string? Delete(string file)
    {
        string nameless = OperatingSystem.IsWindows() ? TakeName(file) : file;
        return TryDelete(nameless) ? null : nameless;
    }

    /// <summary>Deletes a file, if that can be done now.</summary>
    /// <returns>Whether there is none any more.</returns>
    public static bool TryDelete(string file) => TryDelete(File.Delete, file);

    /// <summary>Deletes a folder, if there is nothing in it.</summary>
    /// <returns>Whether there is none any more.</returns>
    public static bool TryDeleteFolder(string folder) => TryDelete(Directory.Delete, folder);

    private static bool TryDelete(Action<string> delete, string path)
    {
        try
        {
            delete(path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps a file that somebody maps. Whoever sees the last of those go tries again, or the sweep takes it.
            return false;
        }
    }

    /// <summary>Windows deletes no file that is mapped; but it moves one.</summary>
    private static string TakeName(string file)
    {
        string nameless = Path.Combine(Path.GetDirectoryName(file)!, Guid.NewGuid().ToString("N"));
        try
        {
            File.Move(file, nameless);
            return nameless;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is gone, above all.
            return file;
        }
    }

    /// <summary>Its id, or the id and what a part of it is called: nothing but hexadecimal digits and dots. Or one of the files that say how to start a worker.</summary>
    private static bool IsSegment(string name) =>
        name.Length == IdLength
        || (name.Length > IdLength && name[IdLength] == '.' && (!name.AsSpan().ContainsAnyExcept(NameCharacters) || name.AsSpan(IdLength) is SegmentFolder.SettingsExtension));

    private static ProcessIdentity? OwnerOf(string name) =>
        name[SegmentFolder.Prefix.Length..].Split('-') is [string id, string start, string space, { Length: IdLength }]
            ? ProcessIdentity.Parse(id, start, space)
            : null;

    /// <summary>
    /// Whether a folder is this user's, and no link. Everybody may make a folder of such a name: on Linux, where root could remove it; on Windows, where the temp folder can be one that everybody has; and on macOS, where it is this user's alone unless the variable that names it is not set.
    /// </summary>
    internal static bool IsOurs(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return UserFolder.IsOwn(folder);
        }

        return OperatingSystem.IsLinux() ? FileStatus.Of(folder)?.Owner == Libc.EffectiveUser() : CanClose(folder);
    }

    /// <summary>Closes a folder to others, as it is already if it is this user's: only its owner can (and root), which tells whose it is without a call that differs from system to system.</summary>
    [UnsupportedOSPlatform("windows")]
    private static bool CanClose(string folder)
    {
        try
        {
            if (new DirectoryInfo(folder).LinkTarget is not null)
            {
                return false;
            }

            File.SetUnixFileMode(folder, SegmentFolder.OwnerOnly);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
