namespace Multiprocessing.Memory;

/// <summary>Where folders of segments are made.</summary>
internal static class SegmentRoots
{
    /// <summary>All of them, the best first: memory, then the temp folder, which has more room.</summary>
    public static IReadOnlyList<string> All { get; } = OperatingSystem.IsLinux() ? ["/dev/shm", Path.GetTempPath()] : [Path.GetTempPath()];
}
