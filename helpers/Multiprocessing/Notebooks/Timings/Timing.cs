namespace Multiprocessing.Timings;

/// <summary>How long something named took - one run, or the median of several - and how long it would take at best.</summary>
/// <remarks>Immutable, so that any number of threads can share it.</remarks>
public sealed record Timing
{
    /// <summary>Keeps the time of one run.</summary>
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
        Fastest = elapsed;
        Slowest = elapsed;
        Runs = 1;
    }

    internal Timing(string name, MeasuredRuns runs, TimeSpan? ideal)
        : this(name, runs.Median, ideal)
    {
        Fastest = runs.Fastest;
        Slowest = runs.Slowest;
        Runs = runs.Count;
        IsMeasuredHere = true;
    }

    /// <summary>What was run.</summary>
    public string Name { get; }

    /// <summary>The time that it took, by the wall clock; of several runs, the median.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The time of the fastest run.</summary>
    public TimeSpan Fastest { get; }

    /// <summary>The time of the slowest run.</summary>
    public TimeSpan Slowest { get; }

    /// <summary>How many runs were measured, not counting the one that warmed up.</summary>
    public int Runs { get; }

    /// <summary>The time that it would take at best, or null.</summary>
    public TimeSpan? Ideal { get; }

    /// <summary>Whether it could have been several runs. It decides on the columns of a table, which would else depend on how busy the machine is.</summary>
    internal bool IsMeasuredHere { get; }
}
