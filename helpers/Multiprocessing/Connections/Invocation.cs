using System.Reflection;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Diagnostics;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Connections;

/// <summary>A function without inputs that a worker runs once: how it is sent, and what comes of it. For one thread at a time.</summary>
internal sealed class Invocation
{
    private readonly ConnectionContext _context;
    private readonly Surroundings? _surroundings;
    private readonly ReadOnlyMemory<byte> _payload;

    /// <summary>Packs a call.</summary>
    /// <param name="call">The function.</param>
    /// <param name="context">The process's.</param>
    /// <param name="id">The number of the call.</param>
    /// <param name="attach">Whether large arrays may go from where they are: only if nobody changes them until they have gone.</param>
    /// <param name="workerName">The name that somebody gave to the worker; null for none.</param>
    /// <param name="role">What comes after it.</param>
    /// <param name="surroundings">What it sees otherwise than this process; null for nothing.</param>
    /// <param name="trace">Where the call stands in a trace; null if it is in none.</param>
    /// <exception cref="NotShippableException">The function needs something that cannot go.</exception>
    public Invocation(
        Call call, ConnectionContext context, int id, bool attach, string? workerName = null, CallRole role = CallRole.Usual, Surroundings? surroundings = null, TraceContext? trace = null)
    {
        _context = context;
        _surroundings = surroundings;
        Function = call.Function;
        call.Prepare(workerName, surroundings?.Culture);
        Shipment = Shipment.Pack(call, () => GeneratedNames.Describe(call.Function.Method), context, attach);
        PayloadWriter payload = new();
        payload.WriteInt32(id);
        payload.WriteByte((byte)role);
        TraceContext.Write(trace, payload);
        payload.WriteBytes(Shipment.Payload.Span);
        _payload = payload.Written;
    }

    /// <summary>The function.</summary>
    public Delegate Function { get; }

    /// <summary>What goes.</summary>
    public Shipment Shipment { get; }

    /// <summary>Whether there is an answer.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Whether the function threw, or its result could not be sent.</summary>
    public bool HasThrown { get; private set; }

    /// <summary>What the function returned.</summary>
    public object? Result { get; private set; }

    /// <summary>Why it did not: it threw, or what it returned could not be rebuilt here.</summary>
    public WorkerException? Error { get; private set; }

    /// <summary>Sends it. For the attendant.</summary>
    /// <exception cref="NotShippableException">The code of an assembly exists only in this process.</exception>
    public void Post(WorkerChannel worker)
    {
        worker.PostAssemblies(Shipment.Assemblies);
        worker.Post(FrameKind.Call, _payload.Span, Shipment.Attachments);

        // To look at the surroundings takes as long as the worker takes to rebuild the function.
        EnvironmentSnapshot now = _context.TakeEnvironment();
        worker.PostEnvironment(_surroundings?.Of(now) ?? now);
        worker.Post(FrameKind.Begin, [], []);
    }

    /// <summary>Takes the answer.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="answer">It: a result or a fault.</param>
    public void Receive(WorkerConnection worker, in Frame answer)
    {
        try
        {
            if (answer.Kind == FrameKind.Fault)
            {
                PayloadReader content = new(answer.Payload);
                _ = content.ReadInt64();
                WorkerFault fault = WorkerFault.Read(content);
                Error = new WorkerException(fault, worker.Name, worker.ProcessId, _context, worker.Limits?.NoteOn(fault.TypeName) ?? "");
                HasThrown = true;
            }
            else
            {
                Result = Shipment.Unpack(answer.Payload, _context, answer.Attachments, _context.Loaded);
            }
        }
        catch (WorkerEndedException)
        {
            // It died while it sent a large array: its end tells how.
            return;
        }
#pragma warning disable CA1031 // Rebuilding the result runs code of the result's own types; whatever that does, whoever waits must be told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            Error = new WorkerException($"The result of worker '{worker.Name}' could not be rebuilt here: {cause.Message}", cause);
        }

        // Last: whoever sees it finds the rest.
        IsAnswered = true;
    }
}
