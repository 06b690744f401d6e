namespace Multiprocessing.Memory;

/// <summary>What a worker is told of its parent's segments, before anything else. By itself, so that a worker that shares nothing loads nothing for it.</summary>
internal static class ParentSegmentFolder
{
    /// <summary>No path has it.</summary>
    private const char Separator = '\0';

    /// <summary>The parent's <see cref="SegmentFolder.Name"/>; null in a program that is no worker.</summary>
    public static string? Name { get; private set; }

    /// <summary>The parent's <see cref="SegmentRoots"/>; null in a program that is no worker.</summary>
    public static IReadOnlyList<string>? Roots { get; private set; }

    /// <summary>A file that is there as long as the parent does not end; null in a program that is no worker.</summary>
    public static string? LifeSign { get; private set; }

    /// <summary>What this process tells its workers.</summary>
    public static string ForWorkers => string.Join(Separator, [SegmentFolder.Name, .. SegmentRoots.All]);

    /// <summary>Takes what the parent tells.</summary>
    /// <param name="told">Where its segments are.</param>
    /// <param name="lifeSign">A file that is there as long as it does not end.</param>
    public static void Learn(string told, string lifeSign)
    {
        string[] parts = told.Split(Separator);
        (Name, Roots, LifeSign) = (parts[0], parts[1..], lifeSign);
    }
}
