using NotebookRunner.Documents;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>
/// Copies of the DLLs that cells reference, from which they are loaded: Windows lets nobody write to a file that a process has loaded, and would refuse to build one anew as long as a notebook is open.
/// Of each DLL there come along its symbols and its texts in other languages. Native libraries and whatever else lies beside it stay where they are.
/// Thread-safe.
/// </summary>
/// <param name="root">The folder of all kernels' copies.</param>
internal sealed class ShadowCopies(string root)
{
    // Beside a kernel's folder; held open as long as it lives, however it ends.
    private const string InUse = ".in-use";

    private const string Symbols = ".pdb";

    private readonly string _own = Path.Combine(root, $"{Environment.ProcessId}-{Guid.NewGuid():N}");
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _copies = new(FileNames.Comparer);
    private readonly Dictionary<string, string> _originals = new(FileNames.Comparer);
    private readonly Dictionary<string, string> _folders = new(FileNames.Comparer);
    private FileStream? _inUse;

    /// <summary>Those of a kernel that is this process; null where files that are loaded can be replaced.</summary>
    public static ShadowCopies? OfProcess { get; } = OperatingSystem.IsWindows() && UserFolder.Find("assemblies") is { } root ? new(root) : null;

    /// <summary>The copy of a DLL as it was when it was first asked for; the DLL itself where it cannot be copied.</summary>
    public string Of(string path)
    {
        path = Path.GetFullPath(path);
        lock (_gate)
        {
            if (_copies.TryGetValue(path, out string? known))
                return known;
            try
            {
                string copy = Copy(path);
                _originals[copy] = path;
                return _copies[path] = copy;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return _copies[path] = path;
            }
        }
    }

    /// <summary>What a copy is of; null if it is none of ours.</summary>
    public string? FindOriginal(string copy)
    {
        lock (_gate)
            return _originals.GetValueOrDefault(copy);
    }

    /// <summary>Removes the copies of kernels that have ended: a process cannot remove what it has loaded.</summary>
    public void Sweep()
    {
        try
        {
            foreach (string folder in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
                SweepOne(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next kernel tries again.
        }
    }

    private static void SweepOne(string folder)
    {
        try
        {
            // Refused while its kernel lives.
            using var inUse = Hold(folder);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use, perhaps by a process that its kernel has started and that is still about to end.
        }
    }

    private string Copy(string path)
    {
        string from = Path.GetDirectoryName(path)!;
        string name = Path.GetFileNameWithoutExtension(path);
        string to = FolderFor(from);
        string symbols = Path.Combine(from, name + Symbols);
        if (File.Exists(symbols))
            Copy(symbols, to);
        foreach (string file in Directory.GetDirectories(from).Select(language => Path.Combine(language, name + ".resources.dll")).Where(File.Exists))
            Copy(file, Directory.CreateDirectory(Path.Combine(to, Path.GetFileName(Path.GetDirectoryName(file)!))).FullName);
        return Copy(path, to);
    }

    private static string Copy(string file, string folder)
    {
        string copy = Path.Combine(folder, Path.GetFileName(file));
        File.Copy(file, copy, overwrite: true);
        // One that is read-only could not be removed.
        File.SetAttributes(copy, FileAttributes.Normal);
        return copy;
    }

    /// <summary>Where the copies of a folder's files go: two folders may have files of one name.</summary>
    private string FolderFor(string folder)
    {
        UserFolder.Create(root);
        // First, so that nobody takes the folder for one that has been left.
        _inUse ??= Hold(_own);
        if (!_folders.TryGetValue(folder, out string? copies))
        {
            copies = Path.Combine(_own, $"{_folders.Count}");
            UserFolder.Create(copies);
            _folders.Add(folder, copies);
        }

        return copies;
    }

    private static FileStream Hold(string folder) => new(folder + InUse, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
}
