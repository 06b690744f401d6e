namespace Multiprocessing.Memory;

/// <summary>
/// Further files of a segment, made when it needs them by whoever has it: named like the segment, with an ending, and in its folder, on the root that has room.
/// They go when the segment does. Thread-safe and process-safe.
/// </summary>
/// <remarks>
/// A segment that a worker made may move while others use it, up into the folder of that worker's parent, and its parts after it. So a part is looked for from the
/// segment's folder up, and who has made one looks again whether the segment is still there.
/// </remarks>
internal static class SegmentParts
{
    /// <summary>Makes a part.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="ending">What it is called: hexadecimal digits and dots.</param>
    /// <param name="make">Makes the file at a path.</param>
    /// <exception cref="ObjectDisposedException">The segment is gone.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static T Create<T>(Segment segment, string ending, Func<string, T> make)
    {
        segment.HasParts = true;
        string home = Segment.Locate(segment.Path) ?? throw Gone();
        IReadOnlyList<string> roots = segment.Memory.Folder.Roots;
        Exception? failure = null;
        foreach (string folder in SegmentRoots.OnEach(Path.GetDirectoryName(home)!, roots))
        {
            string path = Path.Combine(folder, $"{Path.GetFileName(home)}.{ending}");
            try
            {
                SegmentFolder.Make(folder);
                T part = make(path);
                Settle(home, path, roots);
                return part;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failure = e;
            }
        }

        throw new IOException($"There is no room for more shared memory: {failure!.Message}", failure);
    }

    /// <summary>Where a part is; null if there is none of that name.</summary>
    public static string? Find(Segment segment, string ending) =>
        FoldersOf(segment.Path, segment.Memory.Folder.Roots).Select(folder => Path.Combine(folder, $"{Path.GetFileName(segment.Path)}.{ending}")).FirstOrDefault(File.Exists);

    /// <summary>The parts whose ending is as long as that.</summary>
    public static IEnumerable<string> FindAll(Segment segment, int endingLength)
    {
        string name = Path.GetFileName(segment.Path);
        return FoldersOf(segment.Path, segment.Memory.Folder.Roots).SelectMany(folder => In(folder, name)).Where(path => Path.GetFileName(path).Length == name.Length + 1 + endingLength);
    }

    /// <summary>Moves the parts after their segment.</summary>
    /// <param name="from">Where the segment was.</param>
    /// <param name="to">Where it is.</param>
    /// <param name="roots">The roots on which parts may lie.</param>
    public static void Follow(string from, string to, IReadOnlyList<string> roots)
    {
        foreach ((string left, string entered) in SegmentRoots.OnEach(Path.GetDirectoryName(from)!, roots).Zip(SegmentRoots.OnEach(Path.GetDirectoryName(to)!, roots)))
        {
            foreach (string part in In(left, Path.GetFileName(from)))
            {
                SegmentFolder.Make(entered);
                Move(part, Path.Combine(entered, Path.GetFileName(part)));
            }
        }
    }

    /// <summary>Deletes all parts of a segment.</summary>
    /// <param name="segmentPath">Where the segment was.</param>
    /// <param name="owner">The folder of this process.</param>
    public static void DeleteAll(string segmentPath, SegmentFolder owner)
    {
        foreach (string folder in FoldersOf(segmentPath, owner.Roots))
        {
            foreach (string part in In(folder, Path.GetFileName(segmentPath)))
            {
                owner.Delete(part);
            }
        }
    }

    /// <summary>The error of whoever needs a part of a segment that is gone.</summary>
    public static ObjectDisposedException Gone() =>
        new(null, "The shared object was disposed of by the process that it belongs to, or that process has ended.");

    /// <summary>Makes sure that a new part is where its segment is.</summary>
    private static void Settle(string home, string path, IReadOnlyList<string> roots)
    {
        if (File.Exists(home))
        {
            return;
        }

        if (Segment.Locate(home) is not { } now)
        {
            SegmentSweep.Delete(path);
            throw Gone();
        }

        Follow(home, now, roots);
    }

    private static void Move(string from, string to)
    {
        try
        {
            File.Move(from, to);
        }
        catch (IOException)
        {
            // Who made it and who takes the segment over both see to it.
        }
    }

    /// <summary>The segment's folder and those above it, on each root.</summary>
    private static IEnumerable<string> FoldersOf(string segmentPath, IReadOnlyList<string> roots)
    {
        for (string? folder = Path.GetDirectoryName(segmentPath); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (string root in SegmentRoots.OnEach(folder, roots))
            {
                yield return root;
            }

            if (Path.GetFileName(folder).StartsWith(SegmentFolder.Prefix, StringComparison.Ordinal))
            {
                yield break;
            }
        }
    }

    private static string[] In(string folder, string name)
    {
        try
        {
            return Directory.GetFiles(folder, name + ".*", new EnumerationOptions { AttributesToSkip = FileAttributes.None });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is none, above all.
            return [];
        }
    }
}
