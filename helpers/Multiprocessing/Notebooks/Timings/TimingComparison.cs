using System.Collections;
using System.ComponentModel;
using Multiprocessing.Notebooks.Display;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings;

/// <summary>Named ways to do the same work, compared with the first of them. As the last expression of a cell it shows a bar chart.</summary>
/// <remarks>
/// A name stands for one time: measuring or adding it again replaces the earlier one in its place, so that a cell can be executed
/// again. Reading from several threads is safe; adding is not.
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class TimingComparison : IEnumerable<Timing>, INotebookView
{
    private const string AsyncActionMessage =
        "An asynchronous action is measured by MeasureAsync: await timings.MeasureAsync(name, async () => ...). For a lambda that only throws or never ends, write (Action)(() => ...).";

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

    /// <summary>Runs an action a few times and keeps how long it usually takes by the wall clock: once to warm up, which is not counted, then five times, three times or once.</summary>
    /// <param name="name">What is run; the label of its bar.</param>
    /// <param name="action">
    /// What to run. It must do the same each time, so it begins with what it changes - <c>sum = 0; ...</c> - and does not print.
    /// </param>
    /// <returns>The median of the counted runs, with the fastest and the slowest.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The cell was stopped; no further run begins.</exception>
    /// <remarks>
    /// <para>
    /// How often depends on how long a run takes: up to 0.3 s, five times; below 0.5 s, three times; from 0.5 s on, once. In the first run code is compiled and threads are started. The median of the
    /// others is what a run usually takes: unlike the mean, it is not changed by one that another program delayed.
    /// </para>
    /// <para>What the action throws comes through, and no time is kept then. An asynchronous action is measured by <see cref="MeasureAsync(string, Func{Task})"/>.</para>
    /// </remarks>
    public Timing Measure(string name, Action action) => Measure(name, ideal: null, action);

    /// <summary>Measures an action beside the time that it would take at best.</summary>
    /// <param name="name">What is run; the label of its bar.</param>
    /// <param name="ideal">The time that it would take if nothing cost anything beside the work itself; null if nobody knows.</param>
    /// <param name="action">What to run.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ideal"/> is negative.</exception>
    /// <inheritdoc cref="Measure(string, Action)"/>
    public Timing Measure(string name, TimeSpan? ideal, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ThrowIfWrong(name, ideal);
        return Keep(new Timing(name, MeasuredRuns.Of(action), ideal));
    }

    /// <summary>Does not compile: as an <see cref="Action"/>, an async lambda would be over at its first await, with hardly any time measured.</summary>
    [Obsolete(AsyncActionMessage, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Timing Measure(string name, Func<Task> action) => throw new NotSupportedException(AsyncActionMessage);

    /// <inheritdoc cref="Measure(string, Func{Task})"/>
    [Obsolete(AsyncActionMessage, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Timing Measure(string name, TimeSpan? ideal, Func<Task> action) => throw new NotSupportedException(AsyncActionMessage);

    /// <summary>
    /// Runs an asynchronous action a few times, one after the other, and keeps how long it usually takes until its task has ended:
    /// <c>await timings.MeasureAsync("WhenAll", async () =&gt; await Task.WhenAll(DownloadAsync(1), DownloadAsync(2)))</c>.
    /// </summary>
    /// <param name="name">What is run; the label of its bar.</param>
    /// <param name="action">What to run. It must do the same each time, and not print.</param>
    /// <returns>A task with the median of the counted runs, with the fastest and the slowest.</returns>
    /// <exception cref="OperationCanceledException">The cell was stopped; nothing is waited for any longer.</exception>
    /// <exception cref="InvalidOperationException">The action returned null in the place of its task.</exception>
    /// <inheritdoc cref="Measure(string, Action)"/>
    public Task<Timing> MeasureAsync(string name, Func<Task> action) => MeasureAsync(name, ideal: null, action);

    /// <summary>Measures an asynchronous action beside the time that it would take at best.</summary>
    /// <param name="name">What is run; the label of its bar.</param>
    /// <param name="ideal">The time that it would take if nothing cost anything beside the work itself; null if nobody knows.</param>
    /// <param name="action">What to run.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ideal"/> is negative.</exception>
    /// <inheritdoc cref="MeasureAsync(string, Func{Task})"/>
    public Task<Timing> MeasureAsync(string name, TimeSpan? ideal, Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ThrowIfWrong(name, ideal);
        return KeepAsync();

        async Task<Timing> KeepAsync() => Keep(new Timing(name, await MeasuredRuns.OfAsync(action).ConfigureAwait(false), ideal));
    }

    /// <summary>Adds the time of one run that was measured elsewhere, by a <see cref="System.Diagnostics.Stopwatch"/> for example.</summary>
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

    void INotebookView.WriteHtml(TextWriter writer) => Html.Write(new TimingReport(this).ToHtml(), writer);

    // A wrong name or ideal is told before the work, not after it.
    private static void ThrowIfWrong(string name, TimeSpan? ideal) => _ = new Timing(name, TimeSpan.Zero, ideal);

    internal Timing Keep(Timing timing)
    {
        int index = _timings.FindIndex(earlier => earlier.Name == timing.Name);
        if (index < 0)
            _timings.Add(timing);
        else
            _timings[index] = timing;
        return timing;
    }
}
