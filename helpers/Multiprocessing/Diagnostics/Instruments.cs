using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Multiprocessing.Diagnostics;

/// <summary>What a process measures, and the source of its activities. Made when somebody can listen, and not before: see <see cref="Telemetry"/>. Thread-safe.</summary>
internal sealed class Instruments : IDisposable
{
    private static readonly string[] Directions = ["transmit", "receive"];

    private static readonly string[] States = ["used", "idle"];

    /// <summary>In seconds: from a call that finds a worker awake to one that takes the night. What is usual elsewhere would put most calls into one bucket.</summary>
    private static readonly double[] Buckets = [0.00001, 0.000025, 0.0001, 0.00025, 0.001, 0.0025, 0.01, 0.025, 0.1, 0.25, 1, 2.5, 10, 60, 600, 3600];

    private readonly Counter<long> _starts;
    private readonly Counter<long> _ends;
    private readonly Counter<long> _replacements;
    private readonly Histogram<double> _waitTime;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _io;

    /// <param name="countWorkers">How many workers live: those that are used, and those in stock.</param>
    public Instruments(Func<int[]> countWorkers)
    {
        _starts = Meter.CreateCounter<long>(TelemetryNames.WorkerStarts, TelemetryNames.Workers, "Workers that were started.");
        _ends = Meter.CreateCounter<long>(TelemetryNames.WorkerEnds, TelemetryNames.Workers, "Workers that have ended.");
        _replacements = Meter.CreateCounter<long>(TelemetryNames.WorkerReplacements, TelemetryNames.Workers, "Workers that were started in the place of one that had ended.");
        InstrumentAdvice<double> advice = new() { HistogramBucketBoundaries = Buckets };
        _waitTime = Meter.CreateHistogram(TelemetryNames.WorkerWaitTime, TelemetryNames.Seconds, "How long calls have waited until they had a worker.", tags: null, advice);
        _calls = Meter.CreateCounter<long>(TelemetryNames.CallStarts, TelemetryNames.Calls, "Calls that were made.");
        _failures = Meter.CreateCounter<long>(TelemetryNames.CallFailures, TelemetryNames.Calls, "Calls that have ended otherwise than by returning.");
        _duration = Meter.CreateHistogram(TelemetryNames.CallDuration, TelemetryNames.Seconds, "How long calls took.", tags: null, advice);
        _io = Meter.CreateCounter<long>(TelemetryNames.Io, TelemetryNames.Bytes, "What went between this process and its workers.");
        Meter.CreateObservableUpDownCounter(
            TelemetryNames.WorkerCount,
            () =>
            {
                int[] counts = countWorkers();
                return counts.Select(static (count, state) => new Measurement<int>(count, new KeyValuePair<string, object?>(TelemetryNames.WorkerState, States[state])));
            },
            TelemetryNames.Workers,
            "Workers that live now.");
    }

    /// <summary>What all of it is measured by.</summary>
    public Meter Meter { get; } = new(TelemetryNames.Source);

    /// <summary>The source of all activities.</summary>
    public ActivitySource Source { get; } = new(TelemetryNames.Source);

    /// <summary>Whether anybody wants to know of calls, or is in a trace that they are part of.</summary>
    public bool WantsCalls => _calls.Enabled || _failures.Enabled || _duration.Enabled || _waitTime.Enabled || Source.HasListeners() || Activity.Current is not null;

    public void WorkerStarted() => _starts.Add(1);

    public void WorkerEnded(int exitCode) => _ends.Add(1, new KeyValuePair<string, object?>(TelemetryNames.ExitCode, exitCode));

    public void WorkerReplaced() => _replacements.Add(1);

    public void Moved(int direction, long bytes)
    {
        if (_io.Enabled)
        {
            _io.Add(bytes, new KeyValuePair<string, object?>(TelemetryNames.Direction, Directions[direction]));
        }
    }

    public void CallStarted(string operation) => _calls.Add(1, new KeyValuePair<string, object?>(TelemetryNames.Operation, operation));

    public void Waited(string operation, TimeSpan time) => _waitTime.Record(time.TotalSeconds, new KeyValuePair<string, object?>(TelemetryNames.Operation, operation));

    public void CallEnded(string operation, TimeSpan duration, string? errorType)
    {
        KeyValuePair<string, object?> kind = new(TelemetryNames.Operation, operation);
        if (errorType is null)
        {
            _duration.Record(duration.TotalSeconds, kind);
            return;
        }

        KeyValuePair<string, object?> error = new(TelemetryNames.ErrorType, errorType);
        _failures.Add(1, kind, error);
        _duration.Record(duration.TotalSeconds, kind, error);
    }

    public void Dispose()
    {
        Meter.Dispose();
        Source.Dispose();
    }
}
