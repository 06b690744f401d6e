namespace Multiprocessing.Memory;

/// <summary>The opening of a segment, on behalf of all that ask for it at the same time: a process maps it once.</summary>
/// <param name="open">Maps it.</param>
internal sealed class SegmentOpening(Func<Segment> open)
{
    private readonly Lazy<Segment> _segment = new(open);

    /// <summary>How many have asked for it. Under <see cref="SegmentTable.Gate"/>.</summary>
    public int Users { get; set; }

    /// <summary>The segment, mapped by the first that asks; or the exception that it got.</summary>
    public Segment Segment => _segment.Value;
}
