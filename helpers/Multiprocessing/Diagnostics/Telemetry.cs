using System.Diagnostics;
using System.Reflection;

namespace Multiprocessing.Diagnostics;

/// <summary>
/// What a process tells of its workers and calls, to whoever listens (<see cref="TelemetryNames"/>). Costs next to nothing if nobody does: as long as no code of this process has loaded .NET's library for that, nobody
/// can, and it is not loaded for this alone. Thread-safe.
/// </summary>
/// <param name="countWorkers">How many workers live: those that are used, and those in stock. Asked for when somebody wants to know, from any thread.</param>
internal sealed class Telemetry(Func<int[]> countWorkers) : IDisposable
{
    /// <summary>The directions of <see cref="TelemetryNames.Io"/>.</summary>
    public const int Sent = 0, Received = 1;

    /// <summary>Where a meter's and a source's listeners come from, in process (OpenTelemetry) or out of it (dotnet-counters).</summary>
    private const string Library = "System.Diagnostics.DiagnosticSource,";

    private readonly Lock _gate = new();
    private volatile bool _isOnLookout;
    private volatile bool _canBeHeard;
    private volatile Instruments? _instruments;
    private bool _isDisposed;

    /// <summary>Where it goes; null as long as nobody can listen.</summary>
    public Instruments? Instruments => _instruments ?? (_isOnLookout && !_canBeHeard ? null : Create());

    /// <summary>A worker was started.</summary>
    public void WorkerStarted(int processId)
    {
        Instruments?.WorkerStarted();
        if (WorkerEvents.Log.IsEnabled())
        {
            WorkerEvents.Log.WorkerStarted(processId);
        }
    }

    /// <summary>A worker has ended.</summary>
    public void WorkerEnded(int processId, string name, int exitCode)
    {
        Instruments?.WorkerEnded(exitCode);
        if (WorkerEvents.Log.IsEnabled())
        {
            WorkerEvents.Log.WorkerEnded(processId, name, exitCode);
        }
    }

    /// <summary>A worker of a pool has taken the place of one that has ended.</summary>
    public void WorkerReplaced(int processId, string name)
    {
        Instruments?.WorkerReplaced();
        if (WorkerEvents.Log.IsEnabled())
        {
            WorkerEvents.Log.WorkerReplaced(processId, name);
        }
    }

    /// <summary>This process ends a worker.</summary>
    public static void WorkerKilled(int processId, string name)
    {
        if (WorkerEvents.Log.IsEnabled())
        {
            WorkerEvents.Log.WorkerKilled(processId, name);
        }
    }

    /// <summary>Something went to a worker, or came from it.</summary>
    /// <param name="direction"><see cref="Sent"/> or <see cref="Received"/>.</param>
    /// <param name="bytes">How much.</param>
    public void Moved(int direction, long bytes) => Instruments?.Moved(direction, bytes);

    /// <summary>A call is made.</summary>
    /// <param name="operation">What kind of call: <see cref="TelemetryNames.Map"/>, <see cref="TelemetryNames.Run"/> or <see cref="TelemetryNames.Process"/>.</param>
    /// <param name="function">Its function.</param>
    /// <returns>What is to be told how it goes on; null if nobody wants to know.</returns>
    public CallRecord? BeginCall(string operation, Delegate function) => Instruments is { WantsCalls: true } instruments ? new CallRecord(instruments, operation, function, Stopwatch.GetTimestamp()) : null;

    /// <inheritdoc cref="BeginCall(string, Delegate)"/>
    /// <param name="operation">What kind of call.</param>
    /// <param name="function">Its function.</param>
    /// <param name="begin">When it was made, by the stopwatch.</param>
    public CallRecord? BeginCall(string operation, Delegate function, long begin) => Instruments is { WantsCalls: true } instruments ? new CallRecord(instruments, operation, function, begin) : null;

    /// <summary>In a worker, runs what it is to do of a call, as a part of the caller's trace.</summary>
    /// <param name="trace">Where the call stands.</param>
    /// <param name="function">The function of the call.</param>
    /// <param name="worker">The name of the worker.</param>
    /// <param name="run">What to do.</param>
    public T Run<T>(TraceContext trace, Delegate function, string? worker, Func<T> run)
    {
        _canBeHeard = true;
        return WorkActivity.Run(Instruments, trace, function, worker, run);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.AssemblyLoad -= OnLoad;
        lock (_gate)
        {
            _isDisposed = true;
            _isOnLookout = true;
            _canBeHeard = false;
            _instruments?.Dispose();
            _instruments = null;
        }
    }

    private static bool IsLibrary(Assembly assembly) => assembly.FullName?.StartsWith(Library, StringComparison.Ordinal) == true;

    private void OnLoad(object? sender, AssemblyLoadEventArgs loaded)
    {
        if (!_canBeHeard && IsLibrary(loaded.LoadedAssembly))
        {
            _canBeHeard = true;

            // Whoever looks at a process that does nothing just now sees how many workers it has all the same. Not here, where the library is just being loaded.
            ThreadPool.UnsafeQueueUserWorkItem(static telemetry => telemetry.Create(), this, preferLocal: false);
        }
    }

    /// <summary>Makes them, if somebody can listen by now, and looks out for that if not.</summary>
    private Instruments? Create()
    {
        lock (_gate)
        {
            if (!_isOnLookout)
            {
                AppDomain.CurrentDomain.AssemblyLoad += OnLoad;
                _canBeHeard |= Array.Exists(AppDomain.CurrentDomain.GetAssemblies(), IsLibrary);
                _isOnLookout = true;
            }

            return _isDisposed || !_canBeHeard ? null : _instruments ??= new Instruments(countWorkers);
        }
    }
}
