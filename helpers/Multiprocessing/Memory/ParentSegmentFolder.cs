namespace Multiprocessing.Memory;

/// <summary>What a worker is told of its parent's segments, before anything else. By itself, so that a worker that shares nothing loads nothing for it.</summary>
internal static class ParentSegmentFolder
{
    /// <summary>The parent's <see cref="SegmentFolder.Name"/>; null in a program that is no worker.</summary>
    public static string? Name { get; set; }
}
