using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Diagnostics;

namespace Multiprocessing.Pools;

/// <summary>A function without inputs that a pool runs once.</summary>
internal class SingleCall : PoolCall
{
    /// <summary>It is given up after so many workers that ended before they had begun with it.</summary>
    private const int MostAttempts = 3;

    private readonly Invocation _call;
    private readonly bool _isCancellable;
    private bool _isOut;
    private bool _isFinished;
    private int _attempts;

    /// <param name="workers">The pool.</param>
    /// <param name="call">The function.</param>
    /// <param name="isAwaited">Whether the caller goes on meanwhile, and may change what the function has captured.</param>
    /// <exception cref="NotShippableException">The function needs something that cannot go.</exception>
    public SingleCall(WorkerSet workers, Call call, bool isAwaited = false)
        : base(workers, TelemetryNames.Run, call.Function)
    {
        _isCancellable = call.IsCancellable;
        try
        {
            _call = new Invocation(call, workers.Host, Id, attach: !isAwaited, surroundings: workers.Settings.Surroundings, trace: Record?.Trace);
        }
        catch (Exception e)
        {
            Record?.End(e);
            throw;
        }
    }

    /// <summary>What the function returned.</summary>
    public object? Result => _call.Result;

    /// <summary>Why it did not.</summary>
    public Exception? Error { get; private set; }

    protected override bool IsFinished => _isFinished;

    protected override Exception? Failure => Error;

    protected override bool IsCancellable => _isCancellable;

    protected override bool HasWork => !_isOut && !_isFinished;

    protected override bool Feed(PoolWorker worker)
    {
        if (_isOut)
        {
            return false;
        }

        _isOut = true;
        worker.Give(_call, Id);
        return true;
    }

    protected override void Receive(PoolWorker worker, in Frame reply)
    {
        worker.Answer(1);
        _call.Receive(worker.Connection, reply);

        // Without an answer, it has died while it sent the result.
        Error = _call.IsAnswered ? _call.Error : AwaitError(worker);
        _isFinished = true;
    }

    protected override void Lose(PoolWorker worker, Exception error)
    {
        if (_isFinished)
        {
            // It has answered, and died after that: which is no concern of this call's.
            return;
        }

        _isOut = false;
        if ((error is WorkerException && !worker.IsReady) || worker.HasBegun(Id) || ++_attempts >= MostAttempts)
        {
            _isFinished = true;
            Error = error;
        }
    }
}
