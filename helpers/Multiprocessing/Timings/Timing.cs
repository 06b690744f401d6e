namespace Multiprocessing.Timings;

/// <summary>How long a named run took, and how long it would take at best.</summary>
/// <remarks>Immutable, so that any number of threads can share it.</remarks>
public sealed record Timing
{
    /// <summary>Keeps the time of a run.</summary>
    /// <param name="name">What was run; the label of its bar.</param>
    /// <param name="elapsed">The time that it took.</param>
    /// <param name="ideal">The time that it would take if nothing cost anything beside the work itself; null if nobody knows.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="elapsed"/> or <paramref name="ideal"/> is negative.</exception>
    public Timing(string name, TimeSpan elapsed, TimeSpan? ideal = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(elapsed, TimeSpan.Zero);
        if (ideal is { } time)
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(ideal));

        Name = name;
        Elapsed = elapsed;
        Ideal = ideal;
    }

    /// <summary>What was run.</summary>
    public string Name { get; }

    /// <summary>The time that it took, by the wall clock.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The time that it would take at best, or null.</summary>
    public TimeSpan? Ideal { get; }
}
