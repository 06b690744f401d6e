using System.Reflection;
using Multiprocessing.Calls;
using Multiprocessing.Shipping;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Shipping.Code;
using Multiprocessing.Transport;
using Multiprocessing.Transport.Segments;
using Multiprocessing.Workers.Launching;
using Multiprocessing.Workers.Output;

namespace Multiprocessing.Workers;

/// <summary>The life of one worker with one call: sends it, passes on what the worker prints, and finds out how it ended. Thread-safe.</summary>
internal sealed class WorkerSession
{
    /// <summary>A process that is ending, and is stuck in that, is helped.</summary>
    private static readonly TimeSpan EndingLimit = TimeSpan.FromSeconds(2);

    /// <summary>What a worker's own child processes keep open is not waited for longer than this.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMilliseconds(500);

    private static readonly LoadedAssemblies Resolver = LoadedAssemblies.Instance;

    private readonly LaunchedWorker _worker;
    private readonly Call _call;
    private readonly string _name;
    private readonly Holding? _holding;
    private readonly ExecutionContext? _home = ExecutionContext.Capture();
    private readonly TaskCompletionSource<object?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Frame? _answer;
    private object? _result;
    private Exception? _error;
    private volatile bool _killed;
    private volatile SessionOutput? _output;

    private WorkerSession(LaunchedWorker worker, Call call, string name, Holding? holding)
    {
        _holding = holding;
        _worker = worker;
        _call = call;
        _name = name;
    }

    /// <summary>The operating system's number of the process.</summary>
    public int ProcessId => _worker.Id;

    /// <summary>
    /// The function's result, when the function has ended and everything that it printed has been passed on. Fails with <see cref="WorkerException"/>
    /// or, when the process has ended instead, with <see cref="WorkerDiedException"/>. After an answer the process ends by itself, in the background.
    /// </summary>
    public Task<object?> Completion => _completion.Task;

    /// <summary>How the process has ended, or is going to end, once <see cref="Completion"/> has.</summary>
    public WorkerExit? Exit { get; private set; }

    /// <summary>Whether somebody wanted the end that it had.</summary>
    public bool Killed => _killed;

    /// <summary>Starts a call in a worker of its own.</summary>
    /// <exception cref="NotShippableException">The function needs something that cannot go. No worker is used then.</exception>
    public static WorkerSession Start(Call call, string name)
    {
        // The worker first, and what every call begins with: while its process starts, or wakes up, this one packs.
        LaunchedWorker worker = WorkerStock.Take();
        Shipment shipment;
        List<AssemblyFrame> assemblies;
        try
        {
            TellSurroundings(worker);
            shipment = Shipment.Pack(new Assignment(call), () => GeneratedNames.Describe(call.Function.Method));
            assemblies = [.. shipment.Assemblies.Select(AssemblyFrame.Of)];
        }
        catch
        {
            WorkerStock.Return(worker);
            throw;
        }

        WorkerSession session = new(worker, call, name, Holding.Begin(shipment.Shared, worker.Id));
        session.Send(assemblies, shipment);
        session.Begin();
        if (worker.IsRehearsed)
        {
            WorkerStock.Refill();
        }

        return session;
    }

    /// <summary>Ends when there is no process any more, after <see cref="Completion"/>. Never fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Has a cancellation end the process.</summary>
    public void EndWith(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static session => ((WorkerSession)session!).Kill(), this);
            Ended.ContinueWith(_ => registration.Unregister(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Ends the process at once; and what its function has started, if that has not ended.</summary>
    public void Kill()
    {
        bool isRunning = !_completion.Task.IsCompleted;
        _killed |= isRunning;
        _worker.Kill(withChildren: isRunning);
    }

    /// <summary>Waits until so many pieces of text of the function have been passed on, or the process has ended; an unfinished line included.</summary>
    public void AwaitOutput(int pieces)
    {
        SpinWait spin = default;
        while (!_completion.Task.IsCompleted)
        {
            if (_output is { } output && output.PassedOn - pieces >= 0)
            {
                output.Flush();
                return;
            }

            spin.SpinOnce();
        }
    }

    /// <summary>Waits until there is no process any more. Ends it at once if its function has not ended, and after a while if it is stuck in its own end.</summary>
    public void End()
    {
        if (!_completion.Task.IsCompleted || !Ended.Wait(EndingLimit))
        {
            Kill();
            Ended.Wait();
        }
    }

    private void Begin()
    {
        Thread reader = new(Run, maxStackSize: 1024 * 1024) { IsBackground = true, Name = $"Worker {_worker.Id}" };
        reader.UnsafeStart();
    }

    private static void TellSurroundings(LaunchedWorker worker)
    {
        Dictionary<string, string> now = WorkerCommand.CurrentEnvironment();
        PayloadWriter payload = new();
        Surroundings.Since(worker.Environment, now).Write(payload);
        worker.Environment = now;
        try
        {
            worker.Channel.Send(FrameKind.Surroundings, payload.Written.Span);
        }
        catch (IOException)
        {
            // It has died. The call, which follows, will find that out, too.
        }
    }

    private void Send(List<AssemblyFrame> assemblies, Shipment shipment)
    {
        try
        {
            foreach (AssemblyFrame assembly in assemblies)
            {
                PayloadWriter payload = new();
                assembly.Write(payload);
                _worker.Channel.Send(FrameKind.Assembly, payload.Written.Span);
            }

            _worker.Channel.Send(FrameKind.Call, shipment.Payload.Span);
        }
        catch (IOException)
        {
            // It died meanwhile, or soon does: a worker with half a call would wait for ever. The reader finds out how, and whoever waits is told.
            _worker.Kill(withChildren: true);
        }
    }

    private void Run()
    {
        bool isReaped = false;
        try
        {
            using SessionOutput output = new(this, _home, _worker);
            _output = output;
            _answer = ReceiveAnswer(output);

            // The end of the call is what is waited for; that of the process takes longer than many a call.
            bool isAnswered = _answer is not null && output.TryTakeArrived();
            if (isAnswered)
            {
                Exit = new WorkerExit(_answer!.Kind == FrameKind.Result ? WorkerExit.Returned : WorkerExit.Threw, 0);
                Rebuild("");
                Complete();
            }

            WorkerExit exit = AwaitEnd(output);
            output.Drain(DrainLimit);
            _worker.Dispose();
            isReaped = true;
            if (!isAnswered)
            {
                Exit = exit;
                Rebuild(output.LastErrorLines);
            }

            // The shared objects of the result have been taken over; the rest of what the worker made goes with it.
            SegmentFolder.RemoveWorker(_worker.Id);
            if (!isAnswered)
            {
                Complete();
            }

            // What it was sent must be there until it has ended, even if nobody else refers to it any more.
            GC.KeepAlive(_call);
        }
#pragma warning disable CA1031 // The root of a thread: whatever goes wrong here, whoever waits must be told, and this process must live on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _worker.Kill(withChildren: !_completion.Task.IsCompleted);
            if (!isReaped)
            {
                WorkerExit exit = _worker.WaitForExit();
                Exit ??= exit;
                _worker.Dispose();
            }

            _holding?.End(failed: true);
            _completion.TrySetException(new WorkerDiedException($"Worker '{_name}' (process {_worker.Id}) was given up: {e.Message}", e));
        }
        finally
        {
            _ended.SetResult();
        }
    }

    /// <summary>Waits for the result or the fault.</summary>
    /// <returns>Null if the process ended instead, or said nothing that makes sense.</returns>
    private Frame? ReceiveAnswer(SessionOutput output)
    {
        Frame? frame;
        do
        {
            // The function may end the process itself; no answer follows then.
            frame = ReceiveNext(output);
        }
        while (frame is { Kind: FrameKind.Ending });
        return frame;
    }

    /// <summary>Waits for what comes next, other than text, which it passes on.</summary>
    private Frame? ReceiveNext(SessionOutput output)
    {
        while (true)
        {
            output.AwaitChannel();
            Frame? frame = _worker.Channel.Receive();
            switch (frame?.Kind)
            {
                case FrameKind.Started:
                    WorkerStock.Refill();
                    break;
                case FrameKind.Output:
                case FrameKind.ErrorOutput:
                    output.Add(frame, isLast: !_worker.Channel.HasArrived);
                    break;
                default:
                    return frame;
            }
        }
    }

    private WorkerExit AwaitEnd(SessionOutput output)
    {
        using Timer impatience = new(_ => _worker.Kill(withChildren: _answer is null));
        if (_answer is null)
        {
            // It died, or said nothing that makes sense. What it has started ends with it.
            _worker.Kill(withChildren: true);
        }
        else
        {
            // Threads of the function may keep the process for as long as they like. Its own end may not.
            while (ReceiveNext(output) is { } frame)
            {
                if (frame.Kind == FrameKind.Ending)
                {
                    impatience.Change(EndingLimit, Timeout.InfiniteTimeSpan);
                }
            }
        }

        impatience.Change(EndingLimit, Timeout.InfiniteTimeSpan);
        return _worker.WaitForExit();
    }

    /// <summary>Makes the result, or the error, of the answer, or of having none.</summary>
    private void Rebuild(string lastErrorLines)
    {
        try
        {
            switch (_answer?.Kind)
            {
                case FrameKind.Result:
                    _result = Shipment.Unpack(_answer.Payload, Resolver);
                    break;
                case FrameKind.Fault:
                    WorkerFault fault = WorkerFault.Read(new PayloadReader(_answer.Payload));
                    _error = new WorkerException(fault, _name, _worker.Id, Resolver);
                    break;
                default:
                    _error = new WorkerDiedException(_name, _worker.Id, Exit!.Value, lastErrorLines);
                    break;
            }
        }
#pragma warning disable CA1031 // Rebuilding the result runs code of the result's own types; whatever that does, whoever waits must be told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            _error = new WorkerException($"The result of worker '{_name}' could not be rebuilt here: {cause.Message}", cause);
        }
    }

    private void Complete()
    {
        _holding?.End(failed: _answer?.Kind != FrameKind.Result);
        if (_error is null)
        {
            _completion.SetResult(_result);
        }
        else
        {
            _completion.SetException(_error);

            // An exception that nobody waits for is no concern of the finalizer's.
            _ = _completion.Task.Exception;
        }
    }
}
