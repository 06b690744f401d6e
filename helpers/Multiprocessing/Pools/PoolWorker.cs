using Multiprocessing.Memory;
using Multiprocessing.Pools.Serving;
using Multiprocessing.Transport.Rings;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools;

/// <summary>
/// A worker of a pool, seen from the parent. Belongs to one call at a time: for one thread at a time, except for what says otherwise.
/// </summary>
internal sealed partial class PoolWorker : IDisposable
{
    private readonly WorkerLink _link;
    private readonly FrameOutbox _outbox;
    private readonly RingReader _replies;
    private readonly FrameInbox _inbox;
    private readonly WorkerSession _session;
    private readonly Queue<Batch> _batches = new();
    private long _given;
    private volatile bool _hasEnded;
    private volatile bool _isReady;
    private bool _isDisposed;

    /// <summary>Starts a worker that serves a pool.</summary>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go.</exception>
    /// <param name="bell">The pool's bell.</param>
    /// <param name="initializer">What it runs first.</param>
    /// <param name="name">Its name.</param>
    /// <param name="workers">How many workers the pool has.</param>
    /// <param name="processors">How many processors it sees; null for all that there are.</param>
    public PoolWorker(PoolBell bell, Action? initializer, string name, int workers, int? processors)
    {
        _link = new WorkerLink { Workers = workers };
        _patience = new Patience(workers);
        _outbox = new FrameOutbox(_link.RequestWriter());
        _replies = _link.ReplyReader();
        _inbox = new FrameInbox(_replies, AwaitMore);
        try
        {
            _session = WorkerSession.Start(new PoolService(_link, bell, initializer), name, processors);
        }
        catch
        {
            _link.Dispose();
            throw;
        }

        Name = name;
        Ended = _session.Ended.ContinueWith(
            _ =>
            {
                _hasEnded = true;
                bell.RingAll();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public string Name { get; }

    /// <summary>Thread-safe.</summary>
    public int ProcessId => _session.ProcessId;

    /// <summary>The session, as what waits for it is known to the output router.</summary>
    public WorkerSession Session => _session;

    /// <summary>What it is at; null for nothing.</summary>
    public Delegate? Function
    {
        set => _session.Function = value;
    }

    /// <summary>Whether it has been ended for good: the pool need not replace it before there is something to do. Thread-safe.</summary>
    public bool IsDismissed => _session.IsDismissed;

    /// <summary>Ends when the process has ended; never fails. Thread-safe.</summary>
    public Task Ended { get; }

    /// <summary>Whether the process has ended. What it has said before can still be received. Thread-safe.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Why it has ended; null if it was to. Thread-safe.</summary>
    public Exception? Error => !_session.Completion.IsFaulted ? null : _session.Completion.Exception!.InnerException switch
    {
        WorkerException error when !IsReady => new WorkerException(error, $"The pool's initializer failed: {error.Message}"),
        var error => error,
    };

    /// <summary>Whether the initializer has run and the worker serves, or has served. Thread-safe, as long as nobody disposes of it meanwhile; may be asked after that.</summary>
    public bool IsReady => _isReady || (!_isDisposed && (_isReady = _link.IsReady));

    /// <summary>How many pieces of text it had printed before it was ready. Thread-safe, as long as nobody disposes of it meanwhile; not to be asked after that.</summary>
    public int PrintedBefore => _link.PrintedBefore;

    /// <summary>How many inputs it may still be given.</summary>
    public long TasksLeft { get; set; } = long.MaxValue;

    /// <summary>The batches that it has not answered, or not whole, in the order in which it was given them.</summary>
    public IReadOnlyCollection<Batch> Batches => _batches;

    /// <summary>Waits until what it had printed when it sent its last reply has been passed on.</summary>
    public void AwaitOutput() => AwaitOutput(_printed);

    /// <summary>Waits until so many pieces of text that it has printed have been passed on. Thread-safe.</summary>
    public void AwaitOutput(int printed)
    {
        if (printed != 0)
        {
            _session.AwaitOutput(printed);
        }
    }

    /// <summary>Has it end when it is done with its batches.</summary>
    public void End()
    {
        _outbox.Post(RingFrameKind.End, [], []);
        Push();
        _link.WorkerBell.Ring();
    }

    /// <summary>Ends the process at once. Thread-safe.</summary>
    /// <param name="silently">Whether nobody wants to read what it has still to say.</param>
    public void Kill(bool silently = false) => _session.Kill(silently);

    /// <summary>Gives the memory back, when the process has ended.</summary>
    public void Dispose()
    {
        foreach (List<UseLease> holdings in _holdings.Values)
        {
            holdings.ForEach(static holding => holding.End(failed: true));
        }

        _holdings.Clear();
        _ = IsReady;
        _isDisposed = true;
        _link.Dispose();
    }
}
