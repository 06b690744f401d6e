using System.Diagnostics;
using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Diagnostics;

namespace Multiprocessing.Workers;

/// <summary>A worker with one call, from its start to the end of both. Thread-safe.</summary>
#pragma warning disable CA1001 // Its timer is disposed of when the call has ended.
internal sealed class WorkerSession : IConnectionUser
#pragma warning restore CA1001
{
    /// <summary>The number of the one call that it has; what comes before has zero.</summary>
    private const int CallNumber = 1;

    private readonly WorkerConnection _worker;
    private readonly Invocation _call;
    private readonly UseLease? _lease;
    private readonly TaskCompletionSource<object?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CallRecord? _record;
    private readonly WorkerLimits? _limits;
    private volatile bool _killed;
    private volatile bool _isAskedToEnd;
    private volatile bool _isTimeUp;
    private Timer? _deadline;

    private WorkerSession(WorkerConnection worker, Invocation call, CallRecord? record, WorkerLimits? limits)
    {
        _worker = worker;
        _record = record;
        _call = call;
        _limits = limits;
        _lease = UseLease.Begin(call.Shipment.Shared, worker.ProcessId);
    }

    /// <summary>The worker.</summary>
    public WorkerConnection Worker => _worker;

    /// <summary>
    /// The function's result, when the function has ended and everything that it printed has been passed on. Fails with <see cref="WorkerException"/>
    /// or, when the process has ended instead, with <see cref="WorkerDiedException"/>. After an answer the process ends by itself, in the background.
    /// </summary>
    public Task<object?> Completion => _completion.Task;

    /// <summary>How the process has ended, or is going to end, once <see cref="Completion"/> has.</summary>
    public WorkerExit? Exit { get; private set; }

    /// <summary>Whether somebody wanted the end that it had.</summary>
    public bool Killed => _killed;

    /// <summary>Whether somebody has asked the process to end.</summary>
    public bool IsAskedToEnd => _isAskedToEnd;

    /// <inheritdoc/>
    public bool IsAtWork => !_call.IsAnswered;

    /// <summary>Starts a call in a worker of its own.</summary>
    /// <param name="host">Whose worker it is.</param>
    /// <param name="call">The call.</param>
    /// <param name="name">The worker's name, for messages.</param>
    /// <param name="isNameGiven">Whether somebody chose the name: the worker is told it then.</param>
    /// <param name="owner">What a program knows it by.</param>
    /// <param name="limits">What the worker may take; null for no limits.</param>
    /// <param name="stop">The stop of a cell, which ends the process.</param>
    /// <exception cref="NotShippableException">The function needs something that cannot go. No worker is used then.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no such limits.</exception>
    public static WorkerSession Start(WorkerHost host, Call call, string name, bool isNameGiven, object owner, WorkerLimits? limits, CancellationToken stop)
    {
        // The worker first: while its process starts, or wakes up, this one packs.
        long begin = Stopwatch.GetTimestamp();
        CallRecord? record = null;
        WorkerConnection? worker = null;
        WorkerSession? session = null;
        try
        {
            worker = host.Stock.Take();
            record = host.Telemetry.BeginCall(TelemetryNames.Process, call.Function, begin);
            record?.HasWorker(name);
            session = new WorkerSession(worker, new Invocation(call, host, CallNumber, attach: true, isNameGiven ? name : null, CallRole.Last, trace: record?.Trace), record, limits);
            if (limits is not null)
            {
                worker.Limit(limits);
            }

            session.Send(name);
        }
        catch (Exception e)
        {
            session?._lease?.End(failed: true);
            if (worker is not null)
            {
                host.Stock.Return(worker);
            }

            record ??= host.Telemetry.BeginCall(TelemetryNames.Process, call.Function, begin);
            record?.End(e);
            throw;
        }

        host.Live.Add(worker, owner);
        session.EndWith(stop);
        session.EndInTime();
        if (session._call.Shipment.Attachments.Count > 0)
        {
            // When this method has returned, they may change.
            worker.AwaitSent();
        }

        return session;
    }

    private void Send(string name)
    {
        _worker.Take(this, name, workers: 1);
        _worker.Function = _call.Function;
        _worker.Send(_call.Post);
    }

    /// <summary>Tells the function that its call is cancelled.</summary>
    public void Cancel() => _worker.Cancel(CallNumber);

    /// <summary>Ends the process at once; and what its function has started, if that has not ended.</summary>
    /// <param name="silently">Whether nobody wants to read what it has still to say: the cell has been stopped, for instance.</param>
    public void Kill(bool silently = false)
    {
        _killed |= !_completion.Task.IsCompleted;
        _worker.Kill(silently);
    }

    /// <summary>Asks the process to end, as a program is asked to.</summary>
    public void Terminate()
    {
        _isAskedToEnd = true;
        _worker.Terminate();
    }

    /// <summary>Waits until there is no process any more. Ends it at once if its function has not ended, and after a while if it is stuck in its own end.</summary>
    public void End()
    {
        if (!_completion.Task.IsCompleted || !_worker.Closed.Wait(WorkerConnection.EndingLimit))
        {
            Kill();
            _worker.Closed.Wait();
        }
    }

    /// <inheritdoc/>
    public void OnReady()
    {
    }

    /// <inheritdoc/>
    public void Receive(in Frame frame)
    {
        if (frame.Kind is not (FrameKind.Result or FrameKind.Fault))
        {
            return;
        }

        _call.Receive(_worker, frame);
        if (!_call.IsAnswered)
        {
            return;
        }

        // Whoever waits for the call may go on to end this process.
        _worker.ReleaseChildren();

        // The end of the call is what is waited for; that of the process takes longer than many a call.
        if (_worker.TryTakeOutput())
        {
            Complete();
        }
    }

    /// <inheritdoc/>
    public void OnClosed() => Complete();

    private void Complete()
    {
        if (_completion.Task.IsCompleted)
        {
            return;
        }

        Exit = _call.IsAnswered ? new WorkerExit(_call.HasThrown ? WorkerExit.Threw : WorkerExit.Returned, 0) : _worker.Exit;
        Exception? error = _call.IsAnswered ? _call.Error : new WorkerDiedException(_worker, _limits?.Exceeded(_worker.Exit, _worker.LastErrorLines, _isTimeUp));
        _killed |= !_call.IsAnswered && (_worker.IsDismissed || _isAskedToEnd);
        _deadline?.Dispose();
        _record?.End(error);
        _worker.Function = null;
        try
        {
            _lease?.End(failed: error is not null);
        }
        finally
        {
            // Whatever becomes of that, whoever waits is told, and the lease does not end again.
            if (error is null)
            {
                _completion.SetResult(_call.Result);
            }
            else
            {
                _completion.SetException(error);

                // An exception that nobody waits for is no concern of the finalizer's.
                _ = _completion.Task.Exception;
            }
        }
    }

    private void EndInTime()
    {
        if (_limits?.Time is not { } limit)
        {
            return;
        }

        // It runs for nobody in particular: no cell's context may stick to it.
        using (ExecutionContext.SuppressFlow())
        {
            _deadline = new Timer(_ => OnTimeIsUp(), null, limit, Timeout.InfiniteTimeSpan);
        }

        if (_completion.Task.IsCompleted)
        {
            _deadline.Dispose();
        }
    }

    private void OnTimeIsUp()
    {
        if (!_completion.Task.IsCompleted)
        {
            _isTimeUp = true;
            _worker.Kill();
        }
    }

    private void EndWith(CancellationToken stop)
    {
        if (stop.CanBeCanceled)
        {
            CancellationTokenRegistration registration = stop.UnsafeRegister(static session => ((WorkerSession)session!).Kill(silently: true), this);
            _worker.Closed.ContinueWith(_ => registration.Unregister(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
