using System.Collections;
using System.ComponentModel;
using Multiprocessing.Notebooks.Display;
using Multiprocessing.Timings.Charts;
using Multiprocessing.Timings.SpeedUps;

namespace Multiprocessing.Timings;

/// <summary>
/// How much faster work becomes with more workers: <c>curve.Measure("계산하는 일", workers: 4, () =&gt; ...)</c> for each kind of work and number of workers. As the last expression of a cell it shows
/// a line for each kind of work, beside the ideal one and the number of processors.
/// </summary>
/// <remarks>
/// A kind of work and a number of workers stand for one time: measuring or adding it again replaces the earlier one. Reading from several threads is safe; adding is not.
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class SpeedUpCurve : IEnumerable<SpeedUpPoint>, INotebookView
{
    private const string AsyncActionMessage =
        "An asynchronous action is measured by MeasureAsync: await curve.MeasureAsync(series, workers, async () => ...). For a lambda that only throws or never ends, write (Action)(() => ...).";

    private readonly List<SpeedUpSeries> _series = [];

    /// <summary>Begins an empty chart.</summary>
    /// <param name="title">What is compared; the heading of the chart.</param>
    /// <exception cref="ArgumentException"><paramref name="title"/> is null, empty or blank.</exception>
    public SpeedUpCurve(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        Title = title;
    }

    /// <summary>What is compared.</summary>
    public string Title { get; }

    /// <summary>The lines, in the order in which they first came.</summary>
    internal IReadOnlyList<SpeedUpSeries> Series => _series;

    /// <summary>Runs an action a few times, as <see cref="TimingComparison.Measure(string, Action)"/> does, and keeps the median.</summary>
    /// <param name="series">What is run; the label of its line.</param>
    /// <param name="workers">How many workers - threads, tasks or processes - the action divides the work among; at least 1.</param>
    /// <param name="action">What to run: the same work for each number of workers. It must do the same each time, and not print.</param>
    /// <returns>The median of the counted runs, with the fastest and the slowest.</returns>
    /// <exception cref="ArgumentException"><paramref name="series"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is not positive.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The cell was stopped; no further run begins.</exception>
    /// <remarks>What the action throws comes through, and no time is kept then.</remarks>
    public Timing Measure(string series, int workers, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ThrowIfWrong(series, workers);
        return Keep(workers, new Timing(series, MeasuredRuns.Of(action), ideal: null));
    }

    /// <summary>Does not compile: as an <see cref="Action"/>, an async lambda would be over at its first await, with hardly any time measured.</summary>
    [Obsolete(AsyncActionMessage, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Timing Measure(string series, int workers, Func<Task> action) => throw new NotSupportedException(AsyncActionMessage);

    /// <summary>Runs an asynchronous action a few times, one after the other, and keeps the median of the times until its task has ended.</summary>
    /// <returns>A task with the median of the counted runs, with the fastest and the slowest.</returns>
    /// <exception cref="InvalidOperationException">The action returned null in the place of its task.</exception>
    /// <inheritdoc cref="Measure(string, int, Action)"/>
    public Task<Timing> MeasureAsync(string series, int workers, Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ThrowIfWrong(series, workers);
        return KeepAsync();

        async Task<Timing> KeepAsync() => Keep(workers, new Timing(series, await MeasuredRuns.OfAsync(action).ConfigureAwait(false), ideal: null));
    }

    /// <summary>Adds the time of one run that was measured elsewhere.</summary>
    /// <param name="series">What was run; the label of its line.</param>
    /// <param name="workers">How many workers did it; at least 1.</param>
    /// <param name="elapsed">The time that it took.</param>
    /// <exception cref="ArgumentException"><paramref name="series"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is not positive, or <paramref name="elapsed"/> is negative.</exception>
    public void Add(string series, int workers, TimeSpan elapsed)
    {
        ThrowIfWrong(series, workers);
        Keep(workers, new Timing(series, elapsed));
    }

    /// <summary>How many times as fast as one worker so many were.</summary>
    /// <param name="series">What was run.</param>
    /// <param name="workers">How many workers did it.</param>
    /// <returns>The time with 1 worker divided by the time with <paramref name="workers"/>.</returns>
    /// <exception cref="KeyNotFoundException">There is no such line, or no such number of workers in it; the message lists those that there are.</exception>
    /// <exception cref="InvalidOperationException">The line has no time with 1 worker.</exception>
    public double SpeedUp(string series, int workers) => Find(series).SpeedUp(workers);

    /// <summary>
    /// Fits Amdahl's law to what was measured: S(n) = 1 / ((1 - p) + p / min(n, processors)), where p is the fraction of the work that can be divided among the workers. The chart then shows the law as
    /// a dashed line.
    /// </summary>
    /// <param name="series">What was run.</param>
    /// <param name="processors">
    /// How many workers can run at the same time: <see cref="Environment.ProcessorCount"/> for work that computes; null, for work that waits, is as many as there are.
    /// </param>
    /// <returns>p, from 0 (nothing can be divided) to 1 (everything can).</returns>
    /// <exception cref="KeyNotFoundException">There is no such line; the message lists those that there are.</exception>
    /// <exception cref="InvalidOperationException">The line has no time with 1 worker, or none with more.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="processors"/> is not positive.</exception>
    /// <remarks>
    /// The method is linear least squares on the times relative to that with 1 worker, in which the law is a straight line:
    /// T(n) / T(1) = 1 - p * (1 - 1 / min(n, processors)). The law: G. M. Amdahl, "Validity of the single processor approach to achieving large scale computing capabilities", AFIPS Conference
    /// Proceedings 30 (1967), pages 483 to 485.
    /// </remarks>
    public double FitAmdahl(string series, int? processors = null)
    {
        if (processors is { } limit)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit, nameof(processors));
        SpeedUpSeries line = Find(series);
        double fraction = line.FitAmdahl(processors ?? int.MaxValue);
        line.FittedProcessors = processors ?? int.MaxValue;
        return fraction;
    }

    /// <summary>The points, line by line, from the fewest workers to the most.</summary>
    public IEnumerator<SpeedUpPoint> GetEnumerator() => _series.SelectMany(line => line.Points).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The title and an aligned table of the points.</summary>
    public override string ToString() => new SpeedUpReport(this).ToText();

    void INotebookView.WriteHtml(TextWriter writer) => Html.Write(new SpeedUpReport(this).ToHtml(), writer);

    internal Timing Keep(int workers, Timing timing)
    {
        SpeedUpSeries? line = _series.Find(line => line.Name == timing.Name);
        if (line is null)
            _series.Add(line = new SpeedUpSeries(timing.Name));
        line.Keep(workers, timing);
        return timing;
    }

    // Told before the work, not after it.
    private static void ThrowIfWrong(string series, int workers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(series);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
    }

    private SpeedUpSeries Find(string series) => _series.Find(line => line.Name == series)
        ?? throw new KeyNotFoundException($"No series is named '{series}'. There are: {string.Join(", ", _series.Select(line => line.Name))}.");
}

/// <summary>A point of a <see cref="SpeedUpCurve"/>.</summary>
/// <param name="Series">What was run.</param>
/// <param name="Workers">By how many workers: threads, tasks or processes.</param>
/// <param name="Timing">How long it took.</param>
public sealed record SpeedUpPoint(string Series, int Workers, Timing Timing);
