using System.Collections;
using System.Diagnostics;

namespace Multiprocessing.Timings;

/// <summary>Named runs of the same work, compared with the first of them. As the last expression of a cell it shows a bar chart.</summary>
/// <remarks>
/// A name stands for one run: measuring or adding it again replaces the earlier time in its place, so that a cell can be executed
/// again. Reading from several threads is safe; adding is not.
/// </remarks>
[TypeFormatterSource(typeof(TimingFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class TimingComparison : IEnumerable<Timing>
{
    private readonly List<Timing> _timings = [];

    /// <summary>Begins an empty comparison.</summary>
    /// <param name="title">What is compared; the heading of the chart.</param>
    /// <exception cref="ArgumentException"><paramref name="title"/> is null, empty or blank.</exception>
    public TimingComparison(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        Title = title;
    }

    /// <summary>What is compared.</summary>
    public string Title { get; }

    /// <summary>How many runs there are.</summary>
    public int Count => _timings.Count;

    /// <summary>The run that the others are compared with: the first; null while there is none.</summary>
    public Timing? Baseline => _timings.Count > 0 ? _timings[0] : null;

    /// <summary>The run of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such run; the message lists those that there are.</exception>
    public Timing this[string name] => _timings.Find(timing => timing.Name == name)
        ?? throw new KeyNotFoundException($"No run is named '{name}'. There are: {string.Join(", ", _timings.Select(timing => timing.Name))}.");

    /// <summary>Runs an action and keeps how long it took by the wall clock.</summary>
    /// <returns>The time of this run.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    /// <remarks>What the action throws comes through, and no time is kept then.</remarks>
    public Timing Measure(string name, Action action) => Measure(name, ideal: null, action);

    /// <summary>Runs an action and keeps how long it took by the wall clock, beside the time that it would take at best.</summary>
    /// <returns>The time of this run.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ideal"/> is negative.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    /// <remarks>What the action throws comes through, and no time is kept then.</remarks>
    public Timing Measure(string name, TimeSpan? ideal, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        // A wrong name or ideal is told before the work, not after it.
        _ = new Timing(name, TimeSpan.Zero, ideal);

        long start = Stopwatch.GetTimestamp();
        action();
        return Keep(new Timing(name, Stopwatch.GetElapsedTime(start), ideal));
    }

    /// <summary>Adds a time that was measured elsewhere.</summary>
    /// <param name="name">What was run.</param>
    /// <param name="elapsed">The time that it took.</param>
    /// <param name="ideal">The time that it would take at best; null if nobody knows.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="elapsed"/> or <paramref name="ideal"/> is negative.</exception>
    public void Add(string name, TimeSpan elapsed, TimeSpan? ideal = null) => Keep(new Timing(name, elapsed, ideal));

    /// <summary>How many times as fast as the <see cref="Baseline"/> a run was: 2 is twice as fast, 0.5 half as fast.</summary>
    /// <returns>
    /// The baseline's time divided by the run's; infinite for a run that took no measurable time, 1 if the baseline took none either.
    /// </returns>
    /// <exception cref="KeyNotFoundException">There is no run of this name.</exception>
    public double SpeedUp(string name)
    {
        TimeSpan elapsed = this[name].Elapsed;
        TimeSpan baseline = _timings[0].Elapsed;
        return elapsed == baseline ? 1 : baseline / elapsed;
    }

    /// <summary>The runs in the order in which their names first came.</summary>
    public IEnumerator<Timing> GetEnumerator() => _timings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The title and an aligned table of the runs.</summary>
    public override string ToString() => new TimingReport(this).ToText();

    private Timing Keep(Timing timing)
    {
        int index = _timings.FindIndex(earlier => earlier.Name == timing.Name);
        if (index < 0)
            _timings.Add(timing);
        else
            _timings[index] = timing;
        return timing;
    }
}
