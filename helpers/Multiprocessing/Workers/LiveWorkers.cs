using System.Collections.Concurrent;
using Multiprocessing.Connections;

namespace Multiprocessing.Workers;

/// <summary>The workers of this process that have been given a call, or belong to a pool, and have not ended. Thread-safe.</summary>
internal static class LiveWorkers
{
    private static readonly ConcurrentDictionary<WorkerConnection, WorkerConnection> Workers = new();

    /// <summary>Adds one, until it has ended.</summary>
    public static void Add(WorkerConnection worker)
    {
        Workers.TryAdd(worker, worker);
        worker.Closed.ContinueWith(_ => Remove(worker), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>What they are doing at about this moment, those first that were started first.</summary>
    public static IReadOnlyList<WorkerStatus> List() =>
    [
        .. Workers.Keys.OrderBy(static worker => worker.Number).Select(WorkerStatus.TryRead).OfType<WorkerStatus>(),
    ];

    /// <summary>Ends one of them at once, with the processes that its function has started. A pool starts a new one with its next call.</summary>
    /// <returns>Once it has ended; false if there is none with this number.</returns>
    public static bool Kill(int processId)
    {
        if (Workers.Keys.FirstOrDefault(worker => worker.ProcessId == processId) is not { } found)
        {
            return false;
        }

        found.Dismiss();
        found.Closed.Wait();
        Remove(found);
        return true;
    }

    /// <summary>
    /// Ends them all at once, with the processes that their functions have started, and those that wait in stock. A pool starts new ones with its next call.
    /// </summary>
    /// <returns>How many there were, besides those in stock, once they have ended.</returns>
    public static async Task<int> KillAsync()
    {
        WorkerConnection[] workers = [.. Workers.Keys];
        Array.ForEach(workers, static worker => worker.Dismiss());
        await Task.WhenAll(workers.Select(static worker => worker.Closed)).ConfigureAwait(false);
        Array.ForEach(workers, Remove);
        WorkerStock.Default.Clear();
        return workers.Length;
    }

    // By whoever is the first to see the end: it may be seen before what was to happen with it has happened.
    private static void Remove(WorkerConnection worker) => Workers.TryRemove(worker, out _);
}
