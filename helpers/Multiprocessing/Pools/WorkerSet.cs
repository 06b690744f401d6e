using Multiprocessing.Connections;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools;

/// <summary>
/// The workers of a pool: lends them to calls, in the order in which calls ask, and replaces those that end. Thread-safe.
/// </summary>
internal sealed partial class WorkerSet
{
    private readonly WorkerHost _host;
    private readonly PoolSettings _settings;
    private readonly ForgottenPool _forgotten;
    private readonly Lock _gate = new();
    private readonly List<PoolWorker> _all = [];
    private readonly List<PoolWorker> _idle = [];
    private readonly List<PoolWorker> _retired = [];
    private readonly LinkedList<PoolCall> _waiting = new();
    private int _lent;
    private int _calls;
    private int _started;
    private int _starting;

    /// <summary>How many have ended that have no successor yet.</summary>
    private int _missing;

    /// <summary>The last one could not be started, and nothing has happened since that would make it worth another try.</summary>
    private volatile bool _cannotStart;
    private volatile PoolState _state;

    /// <param name="host">Where the workers come from.</param>
    /// <param name="settings">What the pool is like.</param>
    /// <exception cref="IOException">There is no room for what it needs.</exception>
    public WorkerSet(WorkerHost host, PoolSettings settings)
    {
        _host = host;
        _settings = settings;
        Wakeup = new CallEvent(host.Events);
        _forgotten = new ForgottenPool(_all, _retired, Wakeup);
        if (settings.IdleTimeout is { } limit)
        {
            _idling = MakeTimer(limit);
        }
    }

    /// <summary>Set at everything that a call could wait for.</summary>
    public CallEvent Wakeup { get; }

    /// <summary>Where they come from.</summary>
    public WorkerHost Host => _host;

    public int Size => _settings.Size;

    /// <summary>What the pool is like.</summary>
    public PoolSettings Settings => _settings;

    /// <summary>Counts one more call.</summary>
    public int CountCall() => Interlocked.Increment(ref _calls);

    /// <summary>Whether a call waits that has no worker.</summary>
    public bool IsWanted => _waiting.Count > 0;

    /// <summary>Whether there is a worker that has nothing to do.</summary>
    public bool HasIdle => _idle.Count > 0;

    /// <summary>How many workers are lent to calls, at about this moment.</summary>
    public int Busy => _lent;

    /// <summary>Whether the pool has no workers any more: it has been disposed of, or has ended by itself.</summary>
    public bool IsDisposed => State >= PoolState.Ended;

    /// <summary>Whether it takes calls.</summary>
    public PoolState State => _state;

    /// <summary>The processes of the workers.</summary>
    public int[] ProcessIds()
    {
        lock (_gate)
        {
            return _all.ConvertAll(static worker => worker.Connection.ProcessId).ToArray();
        }
    }

    /// <summary>Starts the workers that are missing, without holding up others: a process takes its time.</summary>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go.</exception>
    public void Start()
    {
        _cannotStart = false;

        // Once for each: one that ends as soon as it is started must not be started again and again.
        for (int tries = 0; tries < Size && TryBeginStart(out int number, out _); tries++)
        {
            Start(number);
        }
    }

    /// <summary>What a call is told that outlasts its pool.</summary>
    public static ObjectDisposedException Disposed() => new("Multiprocessing.WorkerPool");

    /// <summary>Throws if the pool has been disposed of.</summary>
    /// <exception cref="ObjectDisposedException">It has.</exception>
    public void ThrowIfDisposed()
    {
        if (IsDisposed)
        {
            throw Disposed();
        }
    }

    /// <summary>Starts the workers that are missing.</summary>
    /// <returns>All that there are.</returns>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go.</exception>
    public PoolWorker[] StartAndList()
    {
        Start();
        lock (_gate)
        {
            ThrowIfDisposed();
            return [.. _all];
        }
    }

    /// <summary>Lends a worker that has nothing to do.</summary>
    /// <returns>Null if there is none now; the pool's event is set when there may be one.</returns>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go.</exception>
    /// <exception cref="IOException">There is no worker, and no room for what one needs.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no worker, and the system starts none.</exception>
    public PoolWorker? TryTake(PoolCall call)
    {
        for (int tries = 0; tries < Size && TryBeginStart(out int number, out bool isOnly); tries++)
        {
            // As long as there is another one the call goes on with that. Without any it can do nothing else, and is told if none can be started.
            if (isOnly)
            {
                Start(number);
            }
            else
            {
                StartAside(number);
            }
        }

        lock (_gate)
        {
            ThrowIfDisposed();
            if (_waiting.First is { } first && first.Value != call)
            {
                Await(call);
                return null;
            }

            if (Pick() is { } worker)
            {
                _waiting.Remove(call);
                _lent++;
                return worker;
            }

            Await(call);
            return null;
        }
    }

    /// <summary>Takes a worker back.</summary>
    public void Return(PoolWorker worker)
    {
        bool isRetired = false;
        bool isKilled = worker.Connection.IsKilled;
        lock (_gate)
        {
            _lent--;
            worker.Connection.Function = null;
            if (!_all.Contains(worker) || (worker.Batches.Count > 0 && !(isKilled && worker.IsReady)))
            {
                // It has died, and its end is noticed soon; or has been.
            }
            else if (!isKilled && worker.TakesMore)
            {
                _idle.Add(worker);
            }
            else
            {
                isRetired = true;
                _missing++;
                _all.Remove(worker);
                _retired.Add(worker);
            }
        }

        if (isRetired)
        {
            // Its successor starts at once: what was killed takes some milliseconds to end, until the system has its memory back. The call waits for the successor only if it has no other worker.
            if (!isKilled)
            {
                worker.End();
            }

            _cannotStart = false;
            for (int tries = 0; tries < Size && TryBeginStart(out int number, out _); tries++)
            {
                StartAside(number);
            }
        }

        Wakeup.Set();
    }

    /// <summary>Notes that a call does not want a worker now.</summary>
    public void Leave(PoolCall call)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        bool wasNext;
        lock (_gate)
        {
            wasNext = _waiting.First?.Value == call && _idle.Count > 0;
            _waiting.Remove(call);
        }

        if (wasNext)
        {
            // The one behind it may have what it has left.
            Wakeup.Set();
        }
    }

    /// <summary>Lets every worker forget a call.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="failed">Whether it ended otherwise than by returning.</param>
    public void Finish(int call, bool failed)
    {
        _cannotStart = false;
        PoolWorker[] all;
        lock (_gate)
        {
            all = [.. _all, .. _retired];
        }

        foreach (PoolWorker worker in all)
        {
            worker.Forget(call, failed);
        }
    }

    /// <summary>Ends all workers at once.</summary>
    /// <returns>Ends when the processes have.</returns>
    public Task EndAsync()
    {
        PoolWorker[] workers;
        lock (_gate)
        {
            _state = PoolState.Disposed;
            workers = [.. _all, .. _retired];
        }

        _forgotten.Dispose();
        _idling?.Dispose();
        Array.ForEach(workers, static worker => worker.EndAtOnce());
        Wakeup.Set();

        // Calls that nobody goes on with do not end by themselves: whoever waits for the completion is not to wait for them.
        _drained.TrySetResult();
        return Task.WhenAll(workers.Select(static worker => worker.Connection.Closed)).ContinueWith(
            _ => Wakeup.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Add(PoolWorker? worker)
    {
        bool isLate;
        bool isSuccessor = false;
        lock (_gate)
        {
            _starting--;
            isLate = IsDisposed;
            if (worker is null)
            {
                return;
            }

            if (!isLate)
            {
                _all.Add(worker);
                _idle.Add(worker);
                RestIfIdle();
                isSuccessor = _missing > 0;
                _missing -= isSuccessor ? 1 : 0;
            }
        }

        if (isSuccessor)
        {
            Host.Telemetry.WorkerReplaced(worker.Connection.ProcessId, worker.Connection.Name);
        }

        if (isLate)
        {
            worker.Connection.Kill();
            return;
        }

        // Workers live as long as their processes. A pool that its program has forgotten does not: its workers do not keep it, and it takes them with it.
        WeakReference<WorkerSet> workers = new(this);
        worker.Connection.Closed.ContinueWith(_ => OnEnded(workers, worker), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        Wakeup.Set();
    }

    private static void OnEnded(WeakReference<WorkerSet> workers, PoolWorker worker)
    {
        if (workers.TryGetTarget(out WorkerSet? pool))
        {
            pool.OnEnded(worker);
        }
    }

    private void Await(PoolCall call)
    {
        if (call.HasNone && !_waiting.Contains(call))
        {
            _waiting.AddLast(call);
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
        bool isMissing;
        lock (_gate)
        {
            _idle.Remove(worker);
            _retired.Remove(worker);
            isMissing = _all.Remove(worker);
            _missing += isMissing ? 1 : 0;
        }

        // One that could not even begin would have a successor that cannot either: the next call tries.
        if (isMissing && worker.IsReady && !worker.Connection.IsDismissed)
        {
            TryStart(Start);
        }
        else
        {
            Wakeup.Set();
        }
    }

    /// <summary>Begins to start a worker, if one is missing.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="isOnly">Whether there is no other one.</param>
    private bool TryBeginStart(out int number, out bool isOnly)
    {
        lock (_gate)
        {
            // Their ends may not have been dealt with yet.
            _missing += _all.RemoveAll(static worker => worker.HasEnded);
            isOnly = _all.Count == 0;
            if (IsDisposed || _all.Count + _starting >= Size || (_cannotStart && !isOnly))
            {
                number = 0;
                return false;
            }

            _starting++;
            number = ++_started;
            return true;
        }
    }

    private void Start(int number)
    {
        PoolWorker? worker = null;
        try
        {
            worker = IsDisposed ? null : new PoolWorker(_host, Wakeup, _settings, number);
        }
        finally
        {
            Add(worker);
        }
    }

    /// <summary>Starts a worker on a thread of its own: an item of the thread pool might wait behind others that wait for a worker.</summary>
    private void StartAside(int number)
    {
        try
        {
            new Thread(() => TryStart(() => Start(number))) { IsBackground = true, Name = "Pool start" }.Start();
        }
        catch (OutOfMemoryException)
        {
            _cannotStart = true;
            Add(null);
        }
    }

    private void TryStart(Action start)
    {
        try
        {
            start();
        }
#pragma warning disable CA1031 // The root of a background action. Packing the initializer runs code of its captured objects' types, and whatever stands in the way now, the next try would meet it at once.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The next call tries again; if it has no other worker, it reports it.
            _cannotStart = true;
        }
        finally
        {
            Wakeup.Set();
        }
    }
}
