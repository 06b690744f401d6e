namespace Multiprocessing.Memory;

/// <summary>
/// The segments that are mapped here, by name, as long as somebody uses them, and how many users each has. Everything under one lock, which is held for a look at a table and never for a file. Thread-safe.
/// </summary>
internal sealed class SegmentTable
{
    private const int FewestEntries = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, WeakReference<Segment>> _mapped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Opening> _openings = new(StringComparer.Ordinal);
    private int _nextCleaning = FewestEntries;

    /// <summary>Adds a new segment, with one user.</summary>
    public Segment Register(Segment segment)
    {
        lock (_gate)
        {
            Add(segment, users: 1);
            return segment;
        }
    }

    /// <summary>Gives the segment of that name, with one more user. All that ask for it at the same time get the same one, mapped by the first of them, or the exception that it got.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="open">Maps it.</param>
    public Segment Open(string id, Func<Segment> open)
    {
        Opening? opening;
        lock (_gate)
        {
            if (_mapped.TryGetValue(id, out WeakReference<Segment>? entry) && entry.TryGetTarget(out Segment? known))
            {
                known.Users++;
                return known;
            }

            if (!_openings.TryGetValue(id, out opening))
            {
                _openings[id] = opening = new Opening(open);
            }

            opening.Users++;
        }

        Segment? opened = null;
        try
        {
            return opened = opening.Segment;
        }
        finally
        {
            lock (_gate)
            {
                // One of those that waited for it ends it.
                if (_openings.TryGetValue(id, out Opening? current) && current == opening && _openings.Remove(id) && opened is not null)
                {
                    Add(opened, opening.Users);
                }
            }
        }
    }

    /// <summary>Counts one more user.</summary>
    public void AddUser(Segment segment)
    {
        lock (_gate)
        {
            segment.Users++;
        }
    }

    /// <summary>Counts one user less.</summary>
    /// <returns>Whether it was the last one. The segment is found no more then.</returns>
    public bool RemoveUser(Segment segment)
    {
        lock (_gate)
        {
            bool wasLast = --segment.Users <= 0;
            if (wasLast)
            {
                _mapped.Remove(segment.Id);
            }

            return wasLast;
        }
    }

    private void Add(Segment segment, int users)
    {
        segment.Users = users;
        _mapped[segment.Id] = new WeakReference<Segment>(segment);

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

    private sealed class Opening(Func<Segment> open)
    {
        private readonly Lazy<Segment> _segment = new(open);

        public int Users { get; set; }

        public Segment Segment => _segment.Value;
    }
}
