using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Workers;

/// <summary>
/// Started, unused workers, so that a call need not wait for a process to start. Each is used once. The stock fills in the background after the
/// first use, up to its usual size or as many as were asked for. What was asked for stays until it is used; the rest is given up when nobody has asked for a while. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // A stock lasts as long as its process. A cleared one holds nothing but timers that are not set, which the collector takes.
internal sealed partial class WorkerStock
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly Queue<LaunchedWorker> _ready = new();
    private readonly int _usualSize;
    private readonly TimeSpan _idleLimit;
    private readonly TimeSpan _lookInterval;

    /// <summary>Makes a stock, which is empty until somebody asks for something.</summary>
    /// <param name="usualSize">How many workers it has when nobody has asked for more.</param>
    /// <param name="idleLimit">How long those that nobody has asked for wait.</param>
    /// <param name="lookInterval">How often those that somebody has asked for are looked after.</param>
    public WorkerStock(int usualSize, TimeSpan idleLimit, TimeSpan lookInterval)
    {
        _usualSize = usualSize;
        _idleLimit = idleLimit;
        _lookInterval = lookInterval;

        // These run for nobody in particular: no cell's context may stick to them.
        using (ExecutionContext.SuppressFlow())
        {
            _refilling = new Timer(_ => Fill());
            _expiry = new Timer(_ => Expire());
            _looking = new Timer(_ => Look());
        }
    }

    /// <summary>The stock of this process: usually a worker for each processor.</summary>
    public static WorkerStock Default { get; } = new(Environment.ProcessorCount, idleLimit: TimeSpan.FromMinutes(1), lookInterval: TimeSpan.FromSeconds(2));

    /// <summary>The processes of the workers in stock.</summary>
    public int[] ProcessIds()
    {
        lock (_gate)
        {
            return [.. _ready.Select(static worker => worker.Id)];
        }
    }

    /// <summary>An unused worker: the one that has been ready longest, or a new one.</summary>
    /// <param name="processors">How many processors it shall see. No worker in stock can be told that any more, so it is a new one then; null for all that there are.</param>
    public LaunchedWorker Take(int? processors = null)
    {
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

        LaunchedWorker worker = TakeReady() ?? Launch(forStock: false);
        worker.WasAskedFor = wasAskedFor;
        return worker;
    }

    /// <summary>Takes a worker that was not used; from now on it waits, as it did before.</summary>
    public void Return(LaunchedWorker unused)
    {
        if (unused.Processors is not null)
        {
            End(unused);
            return;
        }

        lock (_gate)
        {
            _askedFor += unused.WasAskedFor ? 1 : 0;
            unused.WasAskedFor = false;
        }

        Add(unused);
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

    /// <returns>Null if there is none.</returns>
    private LaunchedWorker? TakeReady()
    {
        while (true)
        {
            LaunchedWorker? worker;
            lock (_gate)
            {
                if (!_ready.TryDequeue(out worker))
                {
                    return null;
                }
            }

            if (worker.Exit is null)
            {
                return worker;
            }

            worker.Dispose();
        }
    }

    private void Add(LaunchedWorker worker)
    {
        lock (_gate)
        {
            _ready.Enqueue(worker);
        }

        _expiry.Change(_idleLimit, Timeout.InfiniteTimeSpan);
    }

    private static void End(LaunchedWorker worker)
    {
        worker.Kill(withChildren: true);
        worker.WaitForExit();
        worker.Dispose();
    }
}
