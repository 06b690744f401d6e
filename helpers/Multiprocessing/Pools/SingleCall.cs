using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;

namespace Multiprocessing.Pools;

/// <summary>A function without inputs that a pool runs once.</summary>
internal sealed class SingleCall : PoolCall
{
    /// <summary>It is given up after so many workers that ended before they had begun with it.</summary>
    private const int MostAttempts = 3;

    private readonly Invocation _call;
    private bool _isOut;
    private bool _isFinished;
    private int _attempts;

    /// <param name="workers">Who runs it.</param>
    /// <param name="call">The function.</param>
    /// <param name="isAwaited">Whether the caller goes on meanwhile, and may change what the function has captured.</param>
    /// <exception cref="NotShippableException">The function needs something that cannot go.</exception>
    public SingleCall(WorkerSet workers, Call call, bool isAwaited)
        : base(workers.CountCall()) => _call = new Invocation(call, workers.Host, Id, attach: !isAwaited);

    /// <summary>What the function returned.</summary>
    public object? Result => _call.Result;

    /// <summary>Why it did not.</summary>
    public Exception? Error { get; private set; }

    public override bool IsFinished => _isFinished;

    public override bool HasWork => !_isOut && !_isFinished;

    public override bool Feed(PoolWorker worker)
    {
        if (_isOut)
        {
            return false;
        }

        _isOut = true;
        worker.Give(_call, new Batch(Id, 0, 1));
        return true;
    }

    public override void Receive(PoolWorker worker, in Reply reply)
    {
        _call.Receive(worker.Connection, reply.Kind, reply.Content, reply.Attachments);
        _isFinished = true;

        // Without an answer, it has died while it sent the result.
        Error = _call.IsAnswered ? _call.Error : worker.AwaitError();
    }

    public override void Lose(PoolWorker worker, Exception error)
    {
        _isOut = false;
        if ((error is WorkerException && !worker.IsReady) || worker.HasBegun(Id) || ++_attempts >= MostAttempts)
        {
            _isFinished = true;
            Error = error;
        }
    }
}
