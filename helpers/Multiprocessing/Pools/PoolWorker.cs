using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools;

/// <summary>
/// A worker of a pool, seen from the parent. Belongs to one call at a time: for one thread at a time, except for what says otherwise.
/// </summary>
internal sealed partial class PoolWorker : IConnectionUser
{
    private readonly WorkerConnection _connection;
    private readonly ConnectionMemory _memory;
    private readonly CallEvent _wakeup;
    private readonly Invocation? _initialization;
    private readonly Queue<Batch> _batches = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _given;
    private volatile bool _isEnding;
    private volatile bool _isKilled;
    private volatile bool _hasEnded;
    private volatile bool _isReady;

    /// <summary>Takes a worker for a pool.</summary>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go.</exception>
    /// <param name="wakeup">The pool's event.</param>
    /// <param name="initializer">What it runs first.</param>
    /// <param name="name">Its name.</param>
    /// <param name="workers">How many workers the pool has.</param>
    /// <param name="processors">How many processors it sees; null for all that there are.</param>
    public PoolWorker(CallEvent wakeup, Action? initializer, string name, int workers, int? processors)
    {
        _wakeup = wakeup;
        Name = name;
        _connection = WorkerStock.Default.Take(processors);
        _memory = _connection.Memory;
        try
        {
            if (initializer is not null)
            {
                _initialization = new Invocation(new ActionCall(initializer), id: 0, attach: false, role: CallRole.Initializer);
            }

            _connection.Take(this, name, workers);
            if (_initialization is not null)
            {
                Hold(call: 0, _initialization.Shipment);
                _connection.Function = initializer;
                _connection.Send(_initialization.Post);
            }
        }
        catch
        {
            EndLeases();
            WorkerStock.Default.Return(_connection);
            throw;
        }

        LiveWorkers.Add(_connection);
    }

    public string Name { get; }

    /// <summary>Thread-safe.</summary>
    public int ProcessId => _connection.ProcessId;

    /// <summary>The way to it.</summary>
    public WorkerConnection Connection => _connection;

    /// <summary>What it is at; null for nothing.</summary>
    public Delegate? Function
    {
        set => _connection.Function = value;
    }

    /// <summary>Whether it has been ended for good: the pool need not replace it before there is something to do. Thread-safe.</summary>
    public bool IsDismissed => _connection.IsDismissed;

    /// <summary>Ends when the process has ended; never fails. Thread-safe.</summary>
    public Task Ended => _connection.Closed;

    /// <summary>Whether the process has ended. What it has said before can still be received. Thread-safe.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Why it has ended; null if it was to. Thread-safe.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Why it has ended, which it has, or is about to.</summary>
    public Exception? AwaitError()
    {
        Ended.Wait();
        return Error;
    }

    /// <summary>Whether the worker has said that it takes calls and the initializer has run. Thread-safe.</summary>
    public bool IsReady => _isReady;

    /// <summary>Ends when it is ready; fails if it has ended before that. Thread-safe.</summary>
    public Task Ready => _ready.Task;

    /// <summary>How many inputs it may still be given.</summary>
    public long TasksLeft { get; set; } = long.MaxValue;

    /// <summary>The batches that it has not answered, or not whole, in the order in which it was given them.</summary>
    public IReadOnlyCollection<Batch> Batches => _batches;

    /// <inheritdoc/>
    public bool IsAtWork => !_isEnding;

    private bool IsInitializing => _initialization is { IsAnswered: false };

    /// <summary>The calling thread sends and receives from now on.</summary>
    public void Attend() => _connection.Attend(_wakeup.Slot);

    /// <summary>The calling thread does so no more. What the worker has printed has been passed on.</summary>
    public void Leave()
    {
        _connection.FlushOutput();
        _connection.Leave();
    }

    /// <summary>Has it end when it is done with its batches.</summary>
    public void End()
    {
        _isEnding = true;
        _connection.Send(static connection => connection.Post(FrameKind.End, [], []));
    }

    /// <summary>Ends the process at once. Thread-safe.</summary>
    /// <param name="silently">Whether nobody wants to read what it has still to say.</param>
    public void Kill(bool silently = false)
    {
        _isKilled = true;
        _connection.Kill(silently);
    }

    /// <summary>Notes, when the process has ended, that nothing of what it was given is used there any more.</summary>
    public void EndLeases()
    {
        // A call that had ended before has not failed, though the worker has not been told to forget it.
        int[] ended;
        lock (_endedCalls)
        {
            ended = [.. _endedCalls];
        }

        KeyValuePair<int, List<UseLease>>[] leases;
        lock (_leases)
        {
            leases = [.. _leases];
            _leases.Clear();
        }

        foreach ((int call, List<UseLease> ofCall) in leases)
        {
            bool failed = !ended.Contains(call);
            ofCall.ForEach(lease => lease.End(failed));
        }
    }

    /// <inheritdoc/>
    public void OnReady()
    {
        if (_initialization is null)
        {
            BecomeReady();
        }
    }

    /// <inheritdoc/>
    public void Receive(in Frame frame)
    {
        if (!IsInitializing || frame.Kind is not (FrameKind.Result or FrameKind.Fault))
        {
            return;
        }

        PayloadReader content = new(frame.Payload);
        _ = content.ReadInt32();
        if (frame.Kind == FrameKind.Fault)
        {
            _ = content.ReadInt64();
        }

        _initialization!.Receive(_connection, frame.Kind, content, frame.Attachments);
        _connection.FlushOutput();
        _connection.Function = null;
        if (_initialization.Error is { } error)
        {
            Error = new WorkerException(error, $"The pool's initializer failed: {error.Message}");
            Kill();
        }
        else
        {
            BecomeReady();
        }
    }

    /// <inheritdoc/>
    public void OnClosed()
    {
        Error ??= _isEnding ? null : new WorkerDiedException(_connection);
        _hasEnded = true;
        if (!_isReady)
        {
            _ready.TrySetException(Error ?? WorkerSet.Disposed());

            // An exception that nobody waits for is no concern of the finalizer's.
            _ = _ready.Task.Exception;
        }

        _wakeup.Set();
    }

    private void BecomeReady()
    {
        _isReady = true;
        _ready.TrySetResult();
        _wakeup.Set();
    }
}
