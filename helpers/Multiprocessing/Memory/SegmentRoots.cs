namespace Multiprocessing.Memory;

/// <summary>Where folders of segments are made, and looked for.</summary>
internal static class SegmentRoots
{
    /// <summary>Those of this system, the best first: memory, then the temp folder, which has more room.</summary>
    public static string[] FindAll()
    {
        string temp = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        return OperatingSystem.IsLinux() ? ["/dev/shm", temp] : [temp];
    }

    /// <summary>The same folder on each of these roots; itself, if it is on none.</summary>
    public static IEnumerable<string> OnEach(string folder, IReadOnlyList<string> roots)
    {
        // One may lie in the other: a temp folder in memory.
        string? inner = roots.Where(root => folder.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)).MaxBy(static root => root.Length);
        return inner is null ? [folder] : roots.Select(root => root + folder[inner.Length..]);
    }
}
