namespace Multiprocessing.Memory;

/// <summary>How long to sleep between two looks where nobody wakes who looks: longer and longer as long as nothing moves.</summary>
internal struct GrowingPause
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Some 70 looks a second: next to nothing, and still sooner than anybody notices.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(15);

    private TimeSpan _last;

    /// <summary>The next pause.</summary>
    /// <param name="limit">No longer than this.</param>
    public TimeSpan Next(TimeSpan limit)
    {
        TimeSpan next = 2 * _last;
        _last = next < Shortest ? Shortest : next > Longest ? Longest : next;
        return _last < limit ? _last : limit;
    }

    /// <summary>Something has moved: more may come soon.</summary>
    public void Reset() => _last = TimeSpan.Zero;
}
