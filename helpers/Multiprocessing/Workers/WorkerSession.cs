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
    /// <summary>A process whose channel has closed is ending; if it is stuck in that, it is helped.</summary>
    private static readonly TimeSpan EndingLimit = TimeSpan.FromSeconds(2);

    /// <summary>What a worker's own child processes keep open is not waited for longer than this.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMilliseconds(500);

    private static readonly LoadedAssemblies Resolver = new();

    private readonly LaunchedWorker _worker;
    private readonly Call _call;
    private readonly string _name;
    private readonly Holding? _holding;
    private readonly ExecutionContext? _home = ExecutionContext.Capture();
    private readonly TaskCompletionSource<object?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Frame? _answer;
    private volatile bool _killed;

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
    /// The function's result, when the process has ended and everything that it printed has been passed on. Fails with <see cref="WorkerException"/>
    /// or <see cref="WorkerDiedException"/>.
    /// </summary>
    public Task<object?> Completion => _completion.Task;

    /// <summary>How the process ended, once <see cref="Completion"/> has.</summary>
    public WorkerExit? Exit { get; private set; }

    /// <summary>Whether somebody wanted the end that it had.</summary>
    public bool Killed => _killed;

    /// <summary>Starts a call in a worker of its own.</summary>
    /// <exception cref="NotShippableException">The function needs something that cannot go. No worker is used then.</exception>
    public static WorkerSession Start(Call call, string name)
    {
        // The worker first: while its process starts, this one packs.
        LaunchedWorker worker = WorkerStock.Take();
        Shipment shipment;
        List<AssemblyFrame> assemblies;
        Surroundings surroundings;
        try
        {
            shipment = Shipment.Pack(new Assignment(call), () => GeneratedNames.Describe(call.Function.Method));
            assemblies = [.. shipment.Assemblies.Select(AssemblyFrame.Of)];
            surroundings = Surroundings.Since(worker.Environment);
        }
        catch
        {
            WorkerStock.Return(worker);
            throw;
        }

        WorkerSession session = new(worker, call, name, Holding.Begin(shipment.Shared, worker.Id));
        session.Begin();
        session.Send(surroundings, assemblies, shipment);
        return session;
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill()
    {
        if (!_completion.Task.IsCompleted)
        {
            _killed = true;
            _worker.Kill();
        }
    }

    private void Begin()
    {
        Thread reader = new(Run, maxStackSize: 1024 * 1024) { IsBackground = true, Name = $"Worker {_worker.Id}" };
        reader.UnsafeStart();
    }

    private void Send(Surroundings surroundings, List<AssemblyFrame> assemblies, Shipment shipment)
    {
        try
        {
            PayloadWriter payload = new();
            surroundings.Write(payload);
            _worker.Channel.Send(FrameKind.Surroundings, payload.Written.Span);
            foreach (AssemblyFrame assembly in assemblies)
            {
                payload = new PayloadWriter();
                assembly.Write(payload);
                _worker.Channel.Send(FrameKind.Assembly, payload.Written.Span);
            }

            _worker.Channel.Send(FrameKind.Call, shipment.Payload.Span);
        }
        catch (IOException)
        {
            // It died meanwhile, or soon does: a worker with half a call would wait for ever. The reader finds out how, and whoever waits is told.
            _worker.Kill();
        }
    }

    private void Run()
    {
        try
        {
            using SessionOutput output = new(this, _home, _worker);
            Receive(output);
            Exit = AwaitEnd();
            output.Drain(DrainLimit);
            _worker.Dispose();
            Conclude(Exit.Value, output.LastErrorLines);
        }
#pragma warning disable CA1031 // The root of a thread: whatever goes wrong here, whoever waits must be told, and this process must live on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _worker.Kill();
            if (Exit is null)
            {
                Exit = _worker.WaitForExit();
                _worker.Dispose();
            }

            _holding?.End(failed: true);
            _completion.TrySetException(new WorkerDiedException($"Worker '{_name}' (process {_worker.Id}) was given up: {e.Message}", e));
        }
    }

    private void Receive(SessionOutput output)
    {
        while (_worker.Channel.Receive() is { } frame)
        {
            switch (frame.Kind)
            {
                case FrameKind.Started:
                    WorkerStock.Refill();
                    break;
                case FrameKind.Output:
                case FrameKind.ErrorOutput:
                    output.Add(frame, isLast: !_worker.Channel.HasArrived);
                    break;
                default:
                    _answer = frame;
                    break;
            }
        }
    }

    private WorkerExit AwaitEnd()
    {
        if (_answer is null)
        {
            // It died, or said nothing that makes sense. What it has started ends with it.
            _worker.Kill();
        }

        using Timer impatience = new(_ => _worker.Kill(), null, EndingLimit, Timeout.InfiniteTimeSpan);
        return _worker.WaitForExit();
    }

    private void Conclude(WorkerExit exit, string lastErrorLines)
    {
        object? result = null;
        Exception? error = null;
        try
        {
            switch (_answer?.Kind)
            {
                case FrameKind.Result:
                    result = Shipment.Unpack(_answer.Payload, Resolver);
                    break;
                case FrameKind.Fault:
                    WorkerFault fault = WorkerFault.Read(new PayloadReader(_answer.Payload));
                    error = new WorkerException(fault, _name, _worker.Id, Resolver);
                    break;
                default:
                    error = new WorkerDiedException(_name, _worker.Id, exit, lastErrorLines);
                    break;
            }
        }
#pragma warning disable CA1031 // Rebuilding the result runs code of the result's own types; whatever that does, whoever waits must be told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            error = new WorkerException($"The result of worker '{_name}' could not be rebuilt here: {cause.Message}", cause);
        }

        _holding?.End(failed: _answer?.Kind != FrameKind.Result);

        // The shared objects of the result have been taken over; the rest of what the worker made goes with it.
        SegmentFolder.RemoveWorker(_worker.Id);

        // What it was sent must be there until it has ended, even if nobody else refers to it any more.
        GC.KeepAlive(_call);
        if (error is null)
        {
            _completion.SetResult(result);
        }
        else
        {
            _completion.SetException(error);

            // An exception that nobody waits for is no concern of the finalizer's.
            _ = _completion.Task.Exception;
        }
    }
}
