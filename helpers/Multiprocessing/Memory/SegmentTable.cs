namespace Multiprocessing.Memory;

/// <summary>
/// The segments that this process has mapped, by name, as long as somebody uses them. Everything under <see cref="Gate"/>, which is held for a look at a table and never for a file.
/// </summary>
internal static class SegmentTable
{
    private const int FewestEntries = 64;

    private static readonly Dictionary<string, WeakReference<Segment>> Mapped = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, SegmentOpening> Openings = new(StringComparer.Ordinal);
    private static int s_nextCleaning = FewestEntries;

    public static Lock Gate { get; } = new();

    public static Segment? Find(string id) => Mapped.TryGetValue(id, out WeakReference<Segment>? entry) && entry.TryGetTarget(out Segment? segment) ? segment : null;

    public static void Add(string id, Segment segment)
    {
        Mapped[id] = new WeakReference<Segment>(segment);

        // Entries of segments that were never disposed of go when their number would double.
        if (Mapped.Count >= s_nextCleaning)
        {
            foreach ((string key, WeakReference<Segment> entry) in Mapped)
            {
                if (!entry.TryGetTarget(out _))
                {
                    Mapped.Remove(key);
                }
            }

            s_nextCleaning = Math.Max(FewestEntries, Mapped.Count * 2);
        }
    }

    public static void Remove(string id) => Mapped.Remove(id);

    /// <summary>The opening of a segment that is not mapped, with one more that waits for it.</summary>
    public static SegmentOpening BeginOpening(string id, Func<Segment> open)
    {
        if (!Openings.TryGetValue(id, out SegmentOpening? opening))
        {
            Openings[id] = opening = new SegmentOpening(open);
        }

        opening.Users++;
        return opening;
    }

    /// <summary>Ends an opening.</summary>
    /// <returns>False if another of those that waited for it has done so.</returns>
    public static bool EndOpening(string id, SegmentOpening opening) =>
        Openings.TryGetValue(id, out SegmentOpening? current) && current == opening && Openings.Remove(id);
}
