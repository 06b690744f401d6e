using System.Diagnostics;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Diagnostics;

/// <summary>A call, for those who want to know of it: how long it waits and takes, how it ends, and where it stands in a trace. Thread-safe as far as it takes: it begins on one thread and ends, once, on any.</summary>
internal sealed class CallRecord
{
    private readonly Instruments _instruments;
    private readonly string _operation;
    private readonly long _begin;
    private readonly Activity? _activity;
    private bool _hasWorker;
    private bool _hasEnded;

    /// <param name="instruments">Where it is told.</param>
    /// <param name="operation">What kind of call it is.</param>
    /// <param name="function">Its function.</param>
    /// <param name="begin">When it was made, by the stopwatch.</param>
    public CallRecord(Instruments instruments, string operation, Delegate function, long begin)
    {
        _begin = begin;
        _instruments = instruments;
        _operation = operation;
        instruments.CallStarted(operation);

        // What the caller goes on to do is no part of the call.
        Activity? callers = Activity.Current;
        _activity = instruments.Source.StartActivity(TelemetryNames.ActivityOf(operation), ActivityKind.Client);
        if (_activity is not null)
        {
            Activity.Current = callers;
            if (_activity.IsAllDataRequested)
            {
                _activity.DisplayName = $"{operation} {GeneratedNames.Describe(function.Method)}";
                _activity.SetTag(TelemetryNames.Function, GeneratedNames.Describe(function.Method));
            }
        }

        // If nobody wants an activity for the call itself, what it leads to is a part of what its caller is at - if that is recorded anywhere, or has something to say: a notebook's host has one for each cell that is neither,
        // and a worker's first activity takes it some milliseconds.
        Trace = TraceContext.Of(_activity ?? (callers is not null && (callers.Recorded || callers.Baggage.Any()) ? callers : null));
    }

    /// <summary>Where the call stands in a trace; null if it is in none.</summary>
    public TraceContext? Trace { get; }

    /// <summary>It has a worker. Counts once.</summary>
    /// <param name="worker">The name of the worker.</param>
    public void HasWorker(string worker)
    {
        if (!_hasWorker)
        {
            _hasWorker = true;
            _instruments.Waited(_operation, Stopwatch.GetElapsedTime(_begin));
            _activity?.SetTag(TelemetryNames.WorkerName, worker);
        }
    }

    /// <summary>It has ended. Counts once.</summary>
    /// <param name="error">Why it did otherwise than by returning; null if it returned.</param>
    public void End(Exception? error)
    {
        if (Interlocked.Exchange(ref _hasEnded, true))
        {
            return;
        }

        string? errorType = error?.GetType().FullName;
        _instruments.CallEnded(_operation, Stopwatch.GetElapsedTime(_begin), errorType);
        if (_activity is null)
        {
            return;
        }

        if (error is not null)
        {
            _activity.SetStatus(ActivityStatusCode.Error, error.Message);
            _activity.SetTag(TelemetryNames.ErrorType, errorType);
        }

        // It ends on some thread or other, which is at something else.
        Activity? current = Activity.Current;
        _activity.Stop();
        Activity.Current = current;
    }
}
