using System.Reflection;
using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Diagnostics;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Workers.Serving;

/// <summary>A worker's one loop: takes what the parent sends, runs it, and replies.</summary>
internal sealed class WorkerServer
{
    /// <summary>Where <see cref="AppContext.BaseDirectory"/> looks first.</summary>
    private const string BaseDirectoryKey = "APP_CONTEXT_BASE_DIRECTORY";

    private readonly WorkerHost _host;
    private readonly ShippedAssemblies _assemblies;
    private readonly ParentWatch? _watch;
    private readonly CallCancellation _cancellation;
    private readonly FrameReceiver _requests;
    private readonly FrameSender _sender;
    private readonly TaskReplies _replies;

    /// <summary>The functions of calls that are under way; an exception for one that could not be rebuilt.</summary>
    private readonly Dictionary<int, object> _functions = [];
    private readonly ExecutionContext _home = ExecutionContext.Capture()!;
    private int _exitCode = WorkerExit.Returned;
    private bool _isOver;

    /// <param name="host">That of this process.</param>
    /// <param name="memory">The memory of the connection.</param>
    /// <param name="parent">Wakes the parent.</param>
    /// <param name="sender">Sends to it.</param>
    /// <param name="assemblies">Finds what its code needs.</param>
    /// <param name="cancellation">Tells functions that their call is cancelled.</param>
    /// <param name="watch">Ends this process when the parent ends; null for a warm-up.</param>
    public WorkerServer(WorkerHost host, ConnectionMemory memory, ParentLine parent, FrameSender sender, ShippedAssemblies assemblies, CallCancellation cancellation, ParentWatch? watch)
    {
        _host = host;
        _watch = watch;
        _cancellation = cancellation;
        _assemblies = assemblies;
        _sender = sender;
        _requests = new FrameReceiver(memory, parent);
        _replies = new TaskReplies(host, memory, sender, cancellation);
    }

    /// <summary>Serves until the parent wants nothing more.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        while (!_isOver)
        {
            Frame frame = _requests.Receive();
            PayloadReader payload = new(frame.Payload);
            switch (frame.Kind)
            {
                case FrameKind.StartInfo:
                    Begin(WorkerStartInfo.Read(payload));
                    break;
                case FrameKind.Assembly:
                    _assemblies.Add(AssemblyFrame.Read(payload));
                    break;
                case FrameKind.Environment:
                    EnvironmentDelta.Read(payload).Apply();
                    break;
                case FrameKind.Identity:
                    _host.Identity = WorkerIdentity.Read(payload);
                    break;
                case FrameKind.Function:
                    Learn(payload, frame.Attachments);
                    break;
                case FrameKind.Tasks:
                    RunTasks(payload, frame.Attachments);
                    break;
                case FrameKind.Call:
                    Isolate(() => RunOnce(payload, frame.Attachments));
                    break;
                case FrameKind.Begin:
                    // The function could not be rebuilt.
                    break;
                case FrameKind.Forget:
                    _functions.Remove(payload.ReadInt32());
                    break;
                case FrameKind.End:
                    _isOver = true;
                    break;
                default:
                    throw new InvalidDataException($"A parent does not send {frame.Kind}.");
            }
        }

        return _exitCode;
    }

    private void Begin(WorkerStartInfo info)
    {
        AppContext.SetData(BaseDirectoryKey, info.ProgramFolder);
        _assemblies.ProgramAssembly = info.ProgramAssembly;
        _assemblies.AddNativeFolders(info.NativeFolders);
        _host.Memory.Folder.Learn(info.SegmentFolder, info.LifeSign);
        foreach (string name in info.RemovedVariables)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        if (info.WarmUp)
        {
            _host.Termination.Prepare();
            WarmUp.Run(_host, _assemblies);
        }

        _sender.Send(FrameKind.Ready, [], []);
        _sender.Wake();
    }

    private void AwaitBegin()
    {
        Frame frame;
        while ((frame = _requests.Receive()).Kind != FrameKind.Begin)
        {
            EnvironmentDelta.Read(new PayloadReader(frame.Payload)).Apply();
        }
    }

    /// <summary>What a function does to its execution context (its culture, async locals) ends with it.</summary>
    private void Isolate(Action run) => ExecutionContext.Run(_home, static run => ((Action)run!)(), run);

    private void Learn(PayloadReader payload, IAttachmentSource? attachments)
    {
        int call = payload.ReadInt32();
        try
        {
            _functions[call] = Shipment.Unpack(payload.Rest, _host, attachments)!;
        }
#pragma warning disable CA1031 // Rebuilding runs code of the function's own types; whatever that does goes to the parent.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _functions[call] = e;
        }
    }

    private void RunTasks(PayloadReader payload, IAttachmentSource? attachments)
    {
        int call = payload.ReadInt32();
        long first = payload.ReadInt64();
        int count = payload.ReadInt32();
        if (!_replies.TakeUp(call, first, count))
        {
            return;
        }

        if (_functions[call] is not InputFunction function)
        {
            if (_replies.TryRun(0))
            {
                _replies.Fault((Exception)_functions[call]);
            }

            _replies.End();
            return;
        }

        Isolate(() =>
        {
            function.ApplyCultures();
            if (function.Trace is null)
            {
                function.Run(payload, attachments, count, _replies);
            }
            else
            {
                _host.Telemetry.Run<object?>(function.Trace, function.Function, _host.Identity?.Name, () =>
                {
                    function.Run(payload, attachments, count, _replies);
                    return null;
                });
            }
        });
    }

    private void RunOnce(PayloadReader payload, IAttachmentSource? attachments)
    {
        int call = payload.ReadInt32();
        _replies.Begin(call);
        CallRole role = (CallRole)payload.ReadByte();
        TraceContext? trace = TraceContext.Read(payload);
        try
        {
            Call received = (Call)Shipment.Unpack(payload.Rest, _host, attachments)!;
            AwaitBegin();
            _host.WorkerName = received.WorkerName;
            if (role == CallRole.Last)
            {
                _host.Termination.Prepare();
            }

            CancellationToken token = received.IsCancellable ? _cancellation.TokenOf(call) : CancellationToken.None;
            object? returned = trace is null ? received.Run(token) : _host.Telemetry.Run(trace, received.Function, _host.Identity?.Name, () => received.Run(token));
            Shipment result = Shipment.Pack(returned, () => $"result of {GeneratedNames.Describe(received.Function.Method)}", _host, attach: true);
            if (role == CallRole.Last)
            {
                _host.Memory.LeaveAll();
                EndWork(WorkerExit.Returned);
            }

            _replies.Result(result);
        }
#pragma warning disable CA1031 // Whatever the function throws goes to the parent.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (role != CallRole.Usual)
            {
                EndWork(WorkerExit.Threw);
            }

            _replies.Fault(e is TargetInvocationException { InnerException: { } inner } ? inner : e);
        }

        _replies.End();
    }

    /// <summary>The parent may hear of the end of the last function, and go on to end itself, before this process has.</summary>
    private void EndWork(int exitCode)
    {
        _watch?.CallHasEnded();
        _exitCode = exitCode;
        _isOver = true;
    }
}
