using System.Collections.Concurrent;
using Multiprocessing.Connections;

namespace Multiprocessing.Workers;

/// <summary>Workers that have been given a call, or belong to a pool, and have not ended. Thread-safe.</summary>
internal sealed class LiveWorkers
{
    private readonly ConcurrentDictionary<WorkerConnection, Entry> _workers = new();
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => _workers.Keys.Count(static worker => !worker.HasClosed);

    /// <summary>Adds one, until it has ended.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="owner">What a program knows it by, if that is one worker alone.</param>
    public void Add(WorkerConnection worker, object? owner = null)
    {
        _workers.TryAdd(worker, new Entry(Interlocked.Increment(ref _count), owner));
        worker.Closed.ContinueWith(_ => Remove(worker), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>What they are doing at about this moment, those first that were started first.</summary>
    public IReadOnlyList<WorkerStatus> List() =>
    [
        .. _workers.OrderBy(static entry => entry.Value.Number).Select(static entry => WorkerStatus.TryRead(entry.Key)).OfType<WorkerStatus>(),
    ];

    /// <summary>What a program knows them by, those first that were started first.</summary>
    public IEnumerable<object> Owners() => _workers.Values.OrderBy(static entry => entry.Number).Select(static entry => entry.Owner).OfType<object>();

    /// <summary>Ends one of them at once, with the processes that its function has started. A pool starts a new one with its next call.</summary>
    /// <returns>Once it has ended; false if there is none with this number.</returns>
    public bool Kill(int processId)
    {
        if (_workers.Keys.FirstOrDefault(worker => worker.ProcessId == processId) is not { } found)
        {
            return false;
        }

        found.Dismiss();
        found.Closed.Wait();
        Remove(found);
        return true;
    }

    /// <summary>
    /// Ends them all at once, with the processes that their functions have started. A pool starts new ones with its next call.
    /// </summary>
    /// <returns>How many there were, once they have ended.</returns>
    public async Task<int> KillAllAsync()
    {
        WorkerConnection[] workers = [.. _workers.Keys];
        Array.ForEach(workers, static worker => worker.Dismiss());
        await Task.WhenAll(workers.Select(static worker => worker.Closed)).ConfigureAwait(false);
        Array.ForEach(workers, Remove);
        return workers.Length;
    }

    // By whoever is the first to see the end: it may be seen before what was to happen with it has happened.
    private void Remove(WorkerConnection worker) => _workers.TryRemove(worker, out _);

    // A class: for a struct of ours there is no code ahead of time.
    private sealed class Entry(int number, object? owner)
    {
        public int Number => number;

        public object? Owner => owner;
    }
}
