using System.Diagnostics;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Diagnostics;

/// <summary>Listens to the activities of a host, and keeps those that have ended. Thread-safe.</summary>
internal sealed class TracedCalls : IDisposable
{
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public TracedCalls(TestHost test)
    {
        ActivitySource source = test.Host.Telemetry.Instruments!.Source;
        _listener = new ActivityListener
        {
            ShouldListenTo = one => one == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (_ended)
                {
                    _ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Ended
    {
        get
        {
            lock (_ended)
            {
                return [.. _ended];
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}
