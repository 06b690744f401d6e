using Multiprocessing.Connections;

namespace Multiprocessing.Workers;

/// <summary>
/// Started, unused workers, so that a call need not wait for a process to start. Each is used once. The stock fills in the background after the
/// first use, up to its usual size or as many as were asked for. What was asked for stays until it is used; the rest is given up when nobody has asked for a while. Thread-safe.
/// </summary>
internal sealed partial class WorkerStock : IDisposable
{
    private readonly WorkerHost _host;
    private readonly Lock _gate = new();
    private readonly Queue<WorkerConnection> _ready = new();
    private readonly int _usualSize;
    private readonly TimeSpan _idleLimit;
    private volatile bool _isDisposed;

    /// <summary>Makes a stock, which is empty until somebody asks for something.</summary>
    /// <param name="host">Whose it is.</param>
    /// <param name="usualSize">How many workers it has when nobody has asked for more.</param>
    /// <param name="idleLimit">How long those that nobody has asked for wait.</param>
    /// <param name="time">Measures that; null for the system's time.</param>
    public WorkerStock(WorkerHost host, int usualSize, TimeSpan idleLimit, TimeProvider? time = null)
    {
        _host = host;
        _usualSize = usualSize;
        _idleLimit = idleLimit;

        // These run for nobody in particular: no cell's context may stick to them.
        using (ExecutionContext.SuppressFlow())
        {
            _refilling = new Timer(_ => Fill());
            _expiry = (time ?? TimeProvider.System).CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>How many workers are in stock.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>The processes of the workers in stock.</summary>
    public int[] ProcessIds()
    {
        lock (_gate)
        {
            return [.. _ready.Select(static worker => worker.ProcessId)];
        }
    }

    /// <summary>An unused worker: the one that has been ready longest, or a new one.</summary>
    /// <param name="processors">How many processors it shall see. No worker in stock can be told that any more, so it is a new one then; null for all that there are.</param>
    /// <exception cref="ObjectDisposedException">The host has been disposed of.</exception>
    public WorkerConnection Take(int? processors = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, _host);
        _host.Notebook.OnWorkerStarting();
        if (processors is not null)
        {
            return Launch(forStock: false, processors);
        }

        // One that had to be launched has been asked for, too, and need not come again.
        bool wasAskedFor;
        lock (_gate)
        {
            wasAskedFor = _askedFor > 0;
            _askedFor -= wasAskedFor ? 1 : 0;
        }

        WorkerConnection worker = TakeReady() ?? Launch(forStock: false);
        worker.WasAskedFor = wasAskedFor;

        // While it begins with its work, others need not be started.
        if (worker.IsReady)
        {
            Refill();
        }
        else
        {
            worker.Ready.ContinueWith(_ => Refill(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return worker;
    }

    /// <summary>Takes a worker that was not used; from now on it waits, as it did before.</summary>
    public void Return(WorkerConnection unused)
    {
        unused.GiveBack();
        if (unused.Processors is null && unused.Limits is null)
        {
            lock (_gate)
            {
                _askedFor += unused.WasAskedFor ? 1 : 0;
            }

            Add(unused);
        }
        else
        {
            End(unused);
        }
    }

    /// <summary>Ends the workers in stock, also those that were asked for.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _askedFor = 0;
        }

        while (TakeReady() is { } worker)
        {
            End(worker);
        }
    }

    /// <summary>Ends the workers in stock for good: none comes any more, and one that is being started just now has ended when this returns.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _refilling.DisposeAsync().AsTask().Wait();
        _expiry.DisposeAsync().AsTask().Wait();
        Clear();
    }

    /// <returns>Null if there is none.</returns>
    private WorkerConnection? TakeReady()
    {
        while (true)
        {
            WorkerConnection? worker;
            lock (_gate)
            {
                if (!_ready.TryDequeue(out worker))
                {
                    return null;
                }
            }

            if (!worker.HasClosed)
            {
                return worker;
            }
        }
    }

    private void Add(WorkerConnection worker)
    {
        bool isKept;
        lock (_gate)
        {
            isKept = !_isDisposed;
            if (isKept)
            {
                _ready.Enqueue(worker);
                _expiry.Change(_idleLimit, Timeout.InfiniteTimeSpan);
            }
        }

        if (!isKept)
        {
            End(worker);
            return;
        }

        worker.Closed.ContinueWith(_ => OnClosed(worker), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private static void End(WorkerConnection worker)
    {
        worker.Kill();
        worker.Closed.Wait();
    }
}
