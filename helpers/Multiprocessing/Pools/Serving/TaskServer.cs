using System.Reflection;
using Multiprocessing.Calls;
using Multiprocessing.Shipping;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Shipping.Code;
using Multiprocessing.Transport.Rings;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools.Serving;

/// <summary>Takes what the pool sends, runs it, and replies.</summary>
internal sealed class TaskServer(WorkerLink link, Bell poolBell)
{
    private readonly FrameReceiver _requests = new(link, poolBell);
    private readonly TaskReplies _replies = new(link, poolBell);

    /// <summary>The functions of calls that are under way; an exception for one that could not be rebuilt.</summary>
    private readonly Dictionary<int, object> _functions = [];
    private readonly ExecutionContext _home = ExecutionContext.Capture()!;
    private long _taken;

    /// <summary>Serves until the pool wants nothing more.</summary>
    public void Run()
    {
        while (true)
        {
            RingFrame frame = _requests.Receive();
            PayloadReader payload = new(frame.Payload);
            switch (frame.Kind)
            {
                case RingFrameKind.Assembly:
                    ProcessAssemblies.Resolver.Add(AssemblyFrame.Read(payload));
                    break;
                case RingFrameKind.Surroundings:
                    Surroundings.Read(payload).Apply();
                    break;
                case RingFrameKind.Function:
                    Learn(payload, frame.Attachments);
                    break;
                case RingFrameKind.Tasks:
                    RunTasks(payload, frame.Attachments);
                    break;
                case RingFrameKind.Call:
                    Isolate(() => RunOnce(payload, frame.Attachments));
                    break;
                case RingFrameKind.Begin:
                    // The function could not be rebuilt.
                    break;
                case RingFrameKind.Forget:
                    _functions.Remove(payload.ReadInt32());
                    break;
                case RingFrameKind.End:
                    return;
                default:
                    throw new InvalidDataException($"A pool does not send {frame.Kind}.");
            }
        }
    }

    private void AwaitBegin()
    {
        RingFrame frame;
        while ((frame = _requests.Receive()).Kind != RingFrameKind.Begin)
        {
            Surroundings.Read(new PayloadReader(frame.Payload)).Apply();
        }
    }

    /// <summary>What a function does to its execution context (its culture, async locals) ends with it.</summary>
    private void Isolate(Action run) => ExecutionContext.Run(_home, static run => ((Action)run!)(), run);

    private void Learn(PayloadReader payload, IAttachmentSource? attachments)
    {
        int call = payload.ReadInt32();
        try
        {
            _functions[call] = Shipment.Unpack(payload.Rest, ProcessAssemblies.Resolver, attachments)!;
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
        TaskRange range = new(payload.ReadInt32(), payload.ReadInt64(), payload.ReadInt32(), _taken);
        _taken += range.Count;
        if (!_replies.TakeUp(range))
        {
            return;
        }

        if (_functions[range.Call] is not TaskFunction function)
        {
            if (_replies.TryRun(range.Place))
            {
                _replies.Fault(range.Call, TaskReplies.WholeCall, (Exception)_functions[range.Call]);
            }

            return;
        }

        Isolate(() =>
        {
            function.ApplyCultures();
            function.Run(payload, attachments, range, _replies);
        });
    }

    private void RunOnce(PayloadReader payload, IAttachmentSource? attachments)
    {
        int call = payload.ReadInt32();
        _replies.Begin(call);
        try
        {
            Assignment assignment = (Assignment)Shipment.Unpack(payload.Rest, ProcessAssemblies.Resolver, attachments)!;
            AwaitBegin();
            assignment.ApplyCultures();
            object? result = assignment.Call.Invoke();
            _replies.Result(call, Shipment.Pack(result, () => $"result of {GeneratedNames.Describe(assignment.Call.Function.Method)}", attach: true));
        }
#pragma warning disable CA1031 // Whatever the function throws goes to the parent.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _replies.Fault(call, 0, e is TargetInvocationException { InnerException: { } inner } ? inner : e);
        }

        _replies.End();
    }
}
