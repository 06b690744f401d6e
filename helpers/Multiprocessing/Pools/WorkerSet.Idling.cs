namespace Multiprocessing.Pools;

/// <content>Workers that end when there is nothing to do, and come again when there is.</content>
internal sealed partial class WorkerSet
{
    private readonly Timer? _idling;

    /// <summary>From now on nobody needs the workers, if no call is under way. Under the lock.</summary>
    private void RestIfIdle()
    {
        if (_underWay == 0 && State == PoolState.Open && _settings.IdleTimeout is { } limit)
        {
            _idling?.Change(limit, Timeout.InfiniteTimeSpan);
        }
    }

    private Timer MakeTimer(TimeSpan limit)
    {
        // It must not keep a pool that its program has forgotten, nor the cell that has made it.
        WeakReference<WorkerSet> workers = new(this);
        using (ExecutionContext.SuppressFlow())
        {
            return new Timer(_ => EndIdle(workers), null, limit, Timeout.InfiniteTimeSpan);
        }
    }

    private static void EndIdle(WeakReference<WorkerSet> workers)
    {
        if (workers.TryGetTarget(out WorkerSet? pool))
        {
            pool.EndIdle();
        }
    }

    /// <summary>The next call finds workers missing, and has them started.</summary>
    private void EndIdle()
    {
        PoolWorker[] idle;
        lock (_gate)
        {
            if (_underWay > 0 || State != PoolState.Open)
            {
                return;
            }

            idle = [.. _idle];
            _idle.Clear();
            _all.RemoveAll(idle.Contains);
            _retired.AddRange(idle);
        }

        Array.ForEach(idle, static worker => worker.End());
    }
}
