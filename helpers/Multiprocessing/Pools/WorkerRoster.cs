using Multiprocessing.Transport.Rings;

namespace Multiprocessing.Pools;

/// <summary>
/// The workers of a pool: lends them to calls, in the order in which calls ask, and replaces those that end. Thread-safe.
/// </summary>
internal sealed class WorkerRoster(int size, Action? initializer, string name, int? processors)
{
    private readonly Lock _gate = new();
    private readonly List<PoolWorker> _all = [];
    private readonly List<PoolWorker> _idle = [];
    private readonly HashSet<PoolWorker> _lent = [];
    private readonly LinkedList<Pump> _waiting = new();
    private int? _mostTasks;
    private int _started;
    private bool _isDisposed;

    /// <summary>Rung at everything that a call could wait for.</summary>
    public PoolBell Bell { get; } = new();

    public int Size => size;

    /// <summary>How many processors each worker sees; null for all that there are.</summary>
    public int? ProcessorsPerWorker => processors;

    /// <summary>After how many inputs a worker is replaced; null for never. Set before the first call.</summary>
    public int? MostTasks
    {
        get => _mostTasks;
        set
        {
            lock (_gate)
            {
                _mostTasks = value;
                _all.ForEach(LimitTasks);
            }
        }
    }

    /// <summary>Whether a call waits that has no worker.</summary>
    public bool IsWanted => _waiting.Count > 0;

    /// <summary>Whether there is a worker that has nothing to do.</summary>
    public bool HasIdle => _idle.Count > 0;

    /// <summary>How many workers are lent to calls, at about this moment.</summary>
    public int Busy => _lent.Count;

    /// <summary>Whether the pool has been disposed of.</summary>
    public bool IsDisposed => Volatile.Read(ref _isDisposed);

    /// <summary>The processes of the workers.</summary>
    public int[] ProcessIds()
    {
        lock (_gate)
        {
            return _all.ConvertAll(static worker => worker.ProcessId).ToArray();
        }
    }

    /// <summary>Starts the workers that are missing.</summary>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go.</exception>
    public void Start()
    {
        lock (_gate)
        {
            while (!_isDisposed && _all.Count < size)
            {
                PoolWorker worker = new(Bell, initializer, $"{name}.{++_started}", size, processors);
                LimitTasks(worker);
                _all.Add(worker);
                _idle.Add(worker);
                worker.Ended.ContinueWith(_ => OnEnded(worker), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Starts the workers that are missing.</summary>
    /// <returns>All that are not at work, ready or not: what a ready one has printed may still be on its way.</returns>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go.</exception>
    public List<PoolWorker> StartAndList()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(WorkerPool));
            Start();
            return _all.FindAll(worker => !worker.IsReady || !_lent.Contains(worker));
        }
    }

    /// <summary>Looks whether a worker is ready, or has been.</summary>
    /// <param name="worker">One of the pool's, or one that was.</param>
    /// <param name="printed">How many pieces of text it had printed by then; zero if it has ended since.</param>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    /// <exception cref="WorkerException">The initializer has failed.</exception>
    /// <exception cref="WorkerDiedException">The worker has ended before it was ready.</exception>
    public bool IsReady(PoolWorker worker, out int printed)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(WorkerPool));

            // Asked before the last look: nothing comes after its end.
            bool hasEnded = worker.HasEnded;
            bool isReady = worker.IsReady;
            printed = isReady && !hasEnded ? worker.PrintedBefore : 0;
            return isReady || !hasEnded ? isReady : throw worker.Error ?? new ObjectDisposedException(nameof(WorkerPool));
        }
    }

    /// <summary>Lends a worker that has nothing to do.</summary>
    /// <returns>Null if there is none now; the pool's bell rings when there may be one.</returns>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go.</exception>
    public PoolWorker? TryTake(Pump pump)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(WorkerPool));
            Start();
            if (_waiting.First is { } first && first.Value != pump)
            {
                Await(pump);
                return null;
            }

            if (Pick() is { } worker)
            {
                _waiting.Remove(pump);
                _lent.Add(worker);
                return worker;
            }

            Await(pump);
            return null;
        }
    }

    /// <summary>Takes a worker back.</summary>
    public void Return(PoolWorker worker)
    {
        lock (_gate)
        {
            _lent.Remove(worker);
            worker.Function = null;
            if (!_all.Contains(worker))
            {
                worker.Dispose();
                return;
            }

            worker.ForgetEnded();
            if (worker.Batches.Count > 0)
            {
                // It has been killed; its end is noticed soon.
            }
            else if (worker.TasksLeft > 0)
            {
                _idle.Add(worker);
            }
            else
            {
                // Its successor starts at once.
                _all.Remove(worker);
                worker.End();
                Start();
            }
        }

        Bell.Bell.Ring();
    }

    /// <summary>Notes that a call does not want a worker now.</summary>
    public void Leave(Pump pump)
    {
        if (_waiting.Count > 0)
        {
            lock (_gate)
            {
                _waiting.Remove(pump);
            }
        }
    }

    /// <summary>Lets every worker forget a call.</summary>
    public void Finish(int call)
    {
        lock (_gate)
        {
            _all.ForEach(worker => worker.NoteEnd(call));
            _idle.ForEach(static worker => worker.ForgetEnded());
        }
    }

    /// <summary>Ends all workers at once.</summary>
    /// <returns>Ends when the processes have.</returns>
    public Task EndAsync()
    {
        PoolWorker[] workers;
        lock (_gate)
        {
            _isDisposed = true;
            workers = [.. _all];
        }

        Array.ForEach(workers, static worker => worker.Kill());
        Bell.RingAll();
        return Task.WhenAll(workers.Select(static worker => worker.Ended));
    }

    private void LimitTasks(PoolWorker worker) => worker.TasksLeft = _mostTasks ?? long.MaxValue;

    private void Await(Pump pump)
    {
        if (pump.HasNone && !_waiting.Contains(pump))
        {
            _waiting.AddLast(pump);
        }
    }

    /// <summary>The last that became free, since its memory is warmest; but one that serves already rather than one that is starting.</summary>
    private PoolWorker? Pick()
    {
        _idle.RemoveAll(static worker => worker.HasEnded);
        int found = _idle.FindLastIndex(static worker => worker.IsReady);
        found = found < 0 ? _idle.Count - 1 : found;
        if (found < 0)
        {
            return null;
        }

        PoolWorker worker = _idle[found];
        _idle.RemoveAt(found);
        return worker;
    }

    private void OnEnded(PoolWorker worker)
    {
        try
        {
            lock (_gate)
            {
                _idle.Remove(worker);
                bool wasRetired = !_all.Remove(worker);
                if (!_lent.Contains(worker))
                {
                    worker.Dispose();
                }

                // One that could not even begin would have a successor that cannot either: the next call tries.
                if (!wasRetired && worker.IsReady && !worker.IsDismissed)
                {
                    Start();
                }
            }
        }
        catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception or NotShippableException)
        {
            // The next call tries again, and reports it.
        }
        finally
        {
            Bell.Bell.Ring();
        }
    }
}
