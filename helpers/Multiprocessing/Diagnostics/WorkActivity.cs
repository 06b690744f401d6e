using System.Diagnostics;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Diagnostics;

/// <summary>What a worker does of a call, as a part of the caller's trace.</summary>
internal static class WorkActivity
{
    /// <inheritdoc cref="Telemetry.Run"/>
    public static T Run<T>(Instruments? instruments, TraceContext trace, Delegate function, string? worker, Func<T> run)
    {
        // Also where nobody listens in this process: what the function calls may pass it on, over a network for instance, and is then in the trace.
        using Activity activity = (ActivityContext.TryParse(trace.Parent, trace.State, isRemote: true, out ActivityContext parent)
            ? instruments?.Source.StartActivity(TelemetryNames.Work, ActivityKind.Server, parent)
            : null) ?? StartUnheard(trace);
        if (activity.IsAllDataRequested)
        {
            activity.DisplayName = $"work {GeneratedNames.Describe(function.Method)}";
            activity.SetTag(TelemetryNames.Function, GeneratedNames.Describe(function.Method));
            activity.SetTag(TelemetryNames.WorkerName, worker);
        }

        try
        {
            return run();
        }
        catch (Exception e) when (Note(activity, e))
        {
            throw;
        }
    }

    /// <summary>Notes how it ends. In a filter: to throw an exception once more would leave a line in its stack trace.</summary>
    /// <returns>False: it is caught elsewhere.</returns>
    private static bool Note(Activity activity, Exception error)
    {
        activity.SetStatus(ActivityStatusCode.Error, error.Message);
        activity.SetTag(TelemetryNames.ErrorType, error.GetType().FullName);
        return false;
    }

    private static Activity StartUnheard(TraceContext trace)
    {
        Activity activity = new(TelemetryNames.Work) { TraceStateString = trace.State };
        activity.SetParentId(trace.Parent);
        return activity.Start();
    }
}
