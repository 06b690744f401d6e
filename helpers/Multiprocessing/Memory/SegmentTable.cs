namespace Multiprocessing.Memory;

/// <summary>The segments that this process has mapped, by name, as long as somebody uses them. Everything under <see cref="Gate"/>.</summary>
internal static class SegmentTable
{
    private static readonly Dictionary<string, WeakReference<Segment>> Mapped = new(StringComparer.Ordinal);

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

            s_nextCleaning = Math.Max(64, Mapped.Count * 2);
        }
    }

    public static void Remove(string id) => Mapped.Remove(id);

    private static int s_nextCleaning = 64;
}
