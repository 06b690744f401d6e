namespace Multiprocessing.Memory;

/// <summary>
/// The segments that are mapped here, by name, as long as somebody uses them. Everything under <see cref="Gate"/>, which is held for a look at a table and never for a file.
/// </summary>
internal sealed class SegmentTable
{
    private const int FewestEntries = 64;

    private readonly Dictionary<string, WeakReference<Segment>> _mapped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SegmentOpening> _openings = new(StringComparer.Ordinal);
    private int _nextCleaning = FewestEntries;

    public Lock Gate { get; } = new();

    public Segment? Find(string id) => _mapped.TryGetValue(id, out WeakReference<Segment>? entry) && entry.TryGetTarget(out Segment? segment) ? segment : null;

    public void Add(string id, Segment segment)
    {
        _mapped[id] = new WeakReference<Segment>(segment);

        // Entries of segments that were never disposed of go when their number would double.
        if (_mapped.Count >= _nextCleaning)
        {
            foreach ((string key, WeakReference<Segment> entry) in _mapped)
            {
                if (!entry.TryGetTarget(out _))
                {
                    _mapped.Remove(key);
                }
            }

            _nextCleaning = Math.Max(FewestEntries, _mapped.Count * 2);
        }
    }

    public void Remove(string id) => _mapped.Remove(id);

    /// <summary>The opening of a segment that is not mapped, with one more that waits for it.</summary>
    public SegmentOpening BeginOpening(string id, Func<Segment> open)
    {
        if (!_openings.TryGetValue(id, out SegmentOpening? opening))
        {
            _openings[id] = opening = new SegmentOpening(open);
        }

        opening.Users++;
        return opening;
    }

    /// <summary>Ends an opening.</summary>
    /// <returns>False if another of those that waited for it has done so.</returns>
    public bool EndOpening(string id, SegmentOpening opening) =>
        _openings.TryGetValue(id, out SegmentOpening? current) && current == opening && _openings.Remove(id);
}
