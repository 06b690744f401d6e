using System.Diagnostics.Tracing;

namespace Multiprocessing.Diagnostics;

/// <summary>What becomes of workers, one by one, which counters do not tell. Seen by <c>dotnet-trace</c> and by any <see cref="EventListener"/>.</summary>
internal sealed class WorkerEvents : EventSource
{
    private const int StartedId = 1, EndedId = 2, ReplacedId = 3, KilledId = 4;

    /// <summary>Named here: to find an attribute that does takes the runtime 5 ms of a program's first start of a worker instead of 0.1.</summary>
    private WorkerEvents()
        : base(TelemetryNames.Source)
    {
    }

    /// <summary>The one of this process: of each name the runtime has one.</summary>
    public static WorkerEvents Log { get; } = new();

    [Event(StartedId, Level = EventLevel.Informational, Message = "Worker process {0} was started.")]
    public void WorkerStarted(int processId) => WriteEvent(StartedId, processId);

    [Event(EndedId, Level = EventLevel.Informational, Message = "Worker '{1}' (process {0}) has ended with exit code {2}.")]
    public void WorkerEnded(int processId, string worker, int exitCode) => WriteEvent(EndedId, processId, worker, exitCode);

    [Event(ReplacedId, Level = EventLevel.Informational, Message = "Worker '{1}' (process {0}) replaces one that has ended.")]
    public void WorkerReplaced(int processId, string worker) => WriteEvent(ReplacedId, processId, worker);

    [Event(KilledId, Level = EventLevel.Informational, Message = "Worker '{1}' (process {0}) is ended by its parent.")]
    public void WorkerKilled(int processId, string worker) => WriteEvent(KilledId, processId, worker);
}
