using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using Multiprocessing.Notebooks.Display;
using Multiprocessing.Timings.Charts;
using Multiprocessing.Timings.Timelines;

namespace Multiprocessing.Timings;

/// <summary>
/// Records when pieces of work ran, in any thread and any worker process: <c>using (timeline.Begin("제곱")) { ... }</c>. As the last expression of a cell it shows a
/// lane for each thread and each process, with what ran when.
/// </summary>
/// <remarks>
/// <para>
/// Sent to a worker, alone or as a variable that the function reads, it is the same timeline there. All processes of a machine read one clock, the monotonic one of
/// <see cref="Stopwatch"/>. A piece of work that has begun and not ended is not shown; what a worker recorded stays when it ends, even by a kill.
/// </para>
/// <para>Recording is thread-safe and process-safe, and takes some microseconds a piece. It is read in the process that made it.</para>
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Timeline : IEnumerable<TimelineSpan>, INotebookView, IDisposable
{
    private const string AsyncActionMessage =
        "An asynchronous action is measured by MeasureAsync: await timeline.MeasureAsync(name, async () => ...). For a lambda that only throws or never ends, write (Action)(() => ...).";

    private readonly ProcessQueue<RecordedSpan> _recorded = new();
    private readonly List<RecordedSpan> _taken = [];
    private readonly ThreadLane _home = ThreadLane.Current;

    // No Lock: the timeline goes to other processes, and a Lock does not.
    private readonly object _gate = new();
    private bool _disposed;

    /// <summary>Begins an empty timeline.</summary>
    /// <param name="title">What is recorded; the heading of the chart.</param>
    /// <exception cref="ArgumentException"><paramref name="title"/> is null, empty or blank.</exception>
    /// <exception cref="IOException">There is no room for it in shared memory.</exception>
    public Timeline(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        Title = title;
    }

    /// <summary>What is recorded.</summary>
    public string Title { get; }

    private bool IsHome => Environment.ProcessId == _home.ProcessId;

    /// <summary>Begins a piece of work of the calling thread; it ends where the block ends: <c>using (timeline.Begin("제곱")) { ... }</c>.</summary>
    /// <param name="name">What is done.</param>
    /// <returns>What ends the piece when it is disposed of, on whichever thread.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    public Scope Begin(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ThreadLane lane = ThreadLane.Current;
        // The thread that runs a notebook's cells has a name in one kernel and none in another, and it means nothing to a reader.
        return new Scope(this, new RecordedSpan(name, lane == _home ? lane with { ThreadName = null } : lane, Stopwatch.GetTimestamp(), End: 0));
    }

    /// <summary>Runs an action and records when.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="action">What to run.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    /// <remarks>What the action throws comes through; until then it ran, and that is recorded.</remarks>
    public void Measure(string name, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        using (Begin(name))
            action();
    }

    /// <summary>Runs a function and records when.</summary>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <param name="name">What is done.</param>
    /// <param name="function">What to run.</param>
    /// <returns>What the function returned.</returns>
    /// <inheritdoc cref="Measure(string, Action)" path="/exception"/>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    /// <remarks>What the function throws comes through; until then it ran, and that is recorded.</remarks>
    public TResult Measure<TResult>(string name, Func<TResult> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        using (Begin(name))
            return function();
    }

    /// <summary>Does not compile: an async lambda returns at its first await, and hardly any of its time would be recorded.</summary>
    [Obsolete(AsyncActionMessage, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Measure(string name, Func<Task> action) => throw new NotSupportedException(AsyncActionMessage);

    /// <inheritdoc cref="Measure(string, Func{Task})"/>
    [Obsolete(AsyncActionMessage, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TResult Measure<TResult>(string name, Func<Task<TResult>> function) => throw new NotSupportedException(AsyncActionMessage);

    /// <summary>Runs an asynchronous action and records when, from the call to the end of its task, in the lane of the calling thread.</summary>
    /// <returns>A task that ends with the action's.</returns>
    /// <inheritdoc cref="Measure(string, Action)"/>
    public async Task MeasureAsync(string name, Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        using (Begin(name))
            await action().ConfigureAwait(false);
    }

    /// <summary>Runs an asynchronous function and records when, from the call to the end of its task, in the lane of the calling thread.</summary>
    /// <returns>A task with the function's result.</returns>
    /// <inheritdoc cref="Measure{TResult}(string, Func{TResult})"/>
    public async Task<TResult> MeasureAsync<TResult>(string name, Func<Task<TResult>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        using (Begin(name))
            return await function().ConfigureAwait(false);
    }

    /// <summary>The pieces of work that have ended, from the first to begin to the last.</summary>
    /// <exception cref="InvalidOperationException">This is a worker: a timeline is read in the process that made it.</exception>
    public IEnumerator<TimelineSpan> GetEnumerator() => new Lanes(Take()).Spans.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gives back the shared memory. What was recorded until now can still be read; nothing more is recorded.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            if (IsHome)
                TakeRecorded();
            _disposed = true;
        }

        _recorded.Dispose();
    }

    /// <summary>The title and a table of the pieces of work; in a worker, the title.</summary>
    public override string ToString() => IsHome ? new TimelineReport(Title, new Lanes(Take())).ToText() : Title;

    void INotebookView.WriteHtml(TextWriter writer) => Html.Write(new TimelineReport(Title, new Lanes(Take())).ToHtml(), writer);

    internal List<RecordedSpan> Take()
    {
        if (!IsHome)
            throw new InvalidOperationException("A timeline is read in the process that made it: a worker only records.");
        lock (_gate)
        {
            if (!_disposed)
                TakeRecorded();
            return [.. _taken];
        }
    }

    private void TakeRecorded()
    {
        while (_recorded.TryDequeue(out RecordedSpan span))
            _taken.Add(span);
    }

    /// <summary>Ends a piece of work at the end of a block.</summary>
    public struct Scope : IDisposable
    {
        private readonly RecordedSpan _begun;
        private Timeline? _timeline;

        internal Scope(Timeline timeline, RecordedSpan begun)
        {
            _timeline = timeline;
            _begun = begun;
        }

        /// <summary>Ends the piece of work, once.</summary>
        /// <exception cref="ObjectDisposedException">The timeline has been disposed of.</exception>
        public void Dispose()
        {
            long end = Stopwatch.GetTimestamp();
            Timeline? timeline = _timeline;
            _timeline = null;
            timeline?._recorded.Enqueue(_begun with { End = end });
        }
    }
}

/// <summary>A piece of work in a <see cref="Timeline"/>.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Lane">Where: a thread of the process that made the timeline (<c>스레드 1</c>), or a worker process (<c>프로세스 1</c>), in the order in which they began.</param>
/// <param name="Start">When it began, after the first piece of the timeline.</param>
/// <param name="Elapsed">How long it took by the wall clock.</param>
public sealed record TimelineSpan(string Name, string Lane, TimeSpan Start, TimeSpan Elapsed);
