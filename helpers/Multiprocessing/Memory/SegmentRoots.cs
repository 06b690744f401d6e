namespace Multiprocessing.Memory;

/// <summary>
/// Where folders of segments are made, and looked for. A worker has its parent's: the variable that names the temp folder may have changed since, and neither would find what the other has made.
/// </summary>
internal static class SegmentRoots
{
    private static readonly Lazy<IReadOnlyList<string>> LazyAll = new(static () => ParentSegmentFolder.Roots ?? FindAll());

    /// <summary>All of them, the best first: memory, then the temp folder, which has more room.</summary>
    public static IReadOnlyList<string> All => LazyAll.Value;

    /// <summary>The same folder on each root; itself, if it is on none.</summary>
    public static IEnumerable<string> OnEach(string folder) => OnEach(folder, All);

    /// <summary>The same folder on each of these roots; itself, if it is on none.</summary>
    public static IEnumerable<string> OnEach(string folder, IReadOnlyList<string> roots)
    {
        // One may lie in the other: a temp folder in memory.
        string? inner = roots.Where(root => folder.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)).MaxBy(static root => root.Length);
        return inner is null ? [folder] : roots.Select(root => root + folder[inner.Length..]);
    }

    private static string[] FindAll()
    {
        string temp = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        return OperatingSystem.IsLinux() ? ["/dev/shm", temp] : [temp];
    }
}
