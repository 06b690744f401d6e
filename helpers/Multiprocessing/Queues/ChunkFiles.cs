using System.Globalization;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>The chunks of a queue as files: parts of its segment, named by their number. Thread-safe and process-safe.</summary>
internal sealed class ChunkFiles(Segment segment)
{
    /// <exception cref="IOException">There is no room for it.</exception>
    public MappedFile Create(int number, long size)
    {
        try
        {
            return SegmentParts.Create(segment, NameOf(number), path => MappedFile.Create(path, size));
        }
        catch (IOException)
        {
            // What was left to the collector may hold the room that is missing.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return SegmentParts.Create(segment, NameOf(number), path => MappedFile.Create(path, size));
        }
    }

    /// <exception cref="ObjectDisposedException">The queue is gone.</exception>
    public MappedFile Open(int number) => TryOpen(number) ?? throw SegmentParts.Gone();

    /// <returns>Null if there is none of that number.</returns>
    public MappedFile? TryOpen(int number) => SegmentParts.Find(segment, NameOf(number)) is { } path ? MappedFile.TryOpen(path) : null;

    public void Delete(int number)
    {
        if (SegmentParts.Find(segment, NameOf(number)) is { } path)
        {
            segment.Memory.Folder.Delete(path);
        }
    }

    private static string NameOf(int number) => number.ToString("x8", CultureInfo.InvariantCulture);
}
