using System.Reflection;
using Multiprocessing.Calls;
using Multiprocessing.Shipping;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Shipping.Code;
using Multiprocessing.Transport.Rings;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools;

/// <summary>A function without inputs that a pool runs once.</summary>
internal sealed class OnceCall : PoolCall
{
    /// <summary>It is given up after so many workers that ended before they had begun with it.</summary>
    private const int MostAttempts = 3;

    private static readonly LoadedAssemblies Resolver = LoadedAssemblies.Instance;

    private readonly Call _call;
    private readonly Shipment _shipment;
    private bool _isOut;
    private bool _isFinished;
    private int _attempts;

    /// <param name="call">The function.</param>
    /// <param name="isAwaited">Whether the caller goes on meanwhile, and may change what the function has captured.</param>
    /// <exception cref="NotShippableException">The function needs something that cannot go.</exception>
    public OnceCall(Call call, bool isAwaited)
    {
        _call = call;
        _shipment = Shipment.Pack(new Assignment(call), () => GeneratedNames.Describe(call.Function.Method), attach: !isAwaited);
    }

    /// <summary>What the function returned.</summary>
    public object? Result { get; private set; }

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
        worker.Function = _call.Function;
        worker.ForgetEnded();
        PayloadWriter payload = new();
        payload.WriteInt32(Id);
        payload.WriteBytes(_shipment.Payload.Span);
        worker.Give(RingFrameKind.Call, new Batch(Id, 0, 1), payload.Written.Span, _shipment);

        // To look at the surroundings takes as long as the worker takes to rebuild the function.
        worker.SendSurroundings(SurroundingsSnapshot.Take());
        worker.Begin();
        return true;
    }

    public override void Receive(PoolWorker worker, in Reply reply)
    {
        _isFinished = true;
        if (reply.Kind == RingFrameKind.Fault)
        {
            Error = new WorkerException(WorkerFault.Read(reply.Content), worker.Name, worker.ProcessId, Resolver);
            return;
        }

        try
        {
            Result = Shipment.Unpack(reply.Content.Rest, Resolver, reply.Attachments);
        }
#pragma warning disable CA1031 // Rebuilding the result runs code of the result's own types; whatever that does, whoever waits must be told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            Error = cause is IOException && worker.Error is { } death ? death : new WorkerException($"The result of worker '{worker.Name}' could not be rebuilt here: {cause.Message}", cause);
        }
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
