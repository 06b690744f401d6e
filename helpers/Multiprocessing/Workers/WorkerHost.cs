using Multiprocessing.Connections;
using Multiprocessing.Hosting;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Workers;

/// <summary>
/// All that a process has one of: its notebook, shared memory, loaded assemblies, the way of text to the reader, the workers that wait for a call and those that have one. Everything is given the one that
/// it belongs to; a test may have several, which know nothing of each other. Thread-safe.
/// </summary>
/// <param name="notebook">The notebook that the process runs.</param>
internal sealed class WorkerHost(INotebookHost notebook) : ConnectionContext(notebook), IDisposable
{
    /// <summary>How long workers wait that nobody has asked for.</summary>
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private WorkerStock? _stock;
    private object? _shared;
    private int _processes;
    private int _pools;
    private int _hasRehearsed;

    /// <summary>The one of whoever names none. Set before any other code of this assembly runs.</summary>
    public static WorkerHost Default { get; set; } = null!;

    /// <summary>How processes are started.</summary>
    public WorkerLauncher Launcher { get; } = WorkerLauncher.Create();

    /// <summary>The workers that have a call, or belong to a pool.</summary>
    public LiveWorkers Live { get; } = new();

    /// <summary>The workers that wait for a call: usually one for each processor.</summary>
    public WorkerStock Stock
    {
        get
        {
            // Made when it is first asked for: a worker needs none.
            lock (_gate)
            {
                return _stock ??= new WorkerStock(this, Environment.ProcessorCount, IdleLimit);
            }
        }
    }

    /// <summary>In a worker, how it ends when it is asked to.</summary>
    public Termination Termination { get; } = new();

    /// <summary>In a worker, the name that somebody gave to it; null for none.</summary>
    public string? WorkerName { get; set; }

    /// <summary>What a higher layer has one of in a process: made when it is first asked for. Of one type alone.</summary>
    /// <param name="make">Makes it.</param>
    public T GetShared<T>(Func<WorkerHost, T> make)
        where T : class
    {
        if (Volatile.Read(ref _shared) is not T shared)
        {
            lock (_gate)
            {
                shared = (T)(_shared ??= make(this));
            }
        }

        return shared;
    }

    /// <summary>How many pools there have been.</summary>
    public int Pools => Volatile.Read(ref _pools);

    /// <summary>Counts one more pool.</summary>
    public int CountPool() => Interlocked.Increment(ref _pools);

    /// <summary>Counts one more worker process.</summary>
    public int CountProcess() => Interlocked.Increment(ref _processes);

    /// <summary>Whether the calling code is to rehearse: it is the first that asks.</summary>
    public bool TryBeginRehearsal() => Interlocked.Exchange(ref _hasRehearsed, 1) == 0;

    /// <summary>
    /// Ends all workers at once, with the processes that their functions have started, and those that wait in stock. A pool starts new ones with its next call.
    /// </summary>
    /// <returns>How many there were, besides those in stock, once they have ended.</returns>
    public async Task<int> KillAllAsync()
    {
        int killed = await Live.KillAllAsync().ConfigureAwait(false);
        Stock.Clear();
        return killed;
    }

    /// <inheritdoc/>
    protected override int[] CountWorkers()
    {
        WorkerStock? stock;
        lock (_gate)
        {
            stock = _stock;
        }

        return [Live.Count, stock?.Count ?? 0];
    }

    /// <summary>Ends all workers and removes what shared memory there is. For a host that ends before its process.</summary>
    public void Dispose()
    {
        Stock.Dispose();
        while (Live.KillAllAsync().GetAwaiter().GetResult() > 0)
        {
            // What was being taken from the stock until now.
        }

        Memory.Folder.RemoveForGood();
        Telemetry.Dispose();
    }
}
