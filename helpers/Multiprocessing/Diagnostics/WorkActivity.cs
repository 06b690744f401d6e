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
            ? instruments?.Source.CreateActivity(TelemetryNames.Work, ActivityKind.Server, parent)
            : null) ?? CreateUnheard(trace);
        trace.AddBaggage(activity);
        activity.Start();
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
        catch (Exception e)
        {
            activity.SetStatus(ActivityStatusCode.Error, e.Message);
            activity.SetTag(TelemetryNames.ErrorType, e.GetType().FullName);
            throw;
        }
    }

    private static Activity CreateUnheard(TraceContext trace)
    {
        Activity activity = new(TelemetryNames.Work) { TraceStateString = trace.State };
        activity.SetParentId(trace.Parent);
        return activity;
    }
}
