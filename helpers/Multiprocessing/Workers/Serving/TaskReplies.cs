using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Connections;
using Multiprocessing.Serialization;

namespace Multiprocessing.Workers.Serving;

/// <summary>What a worker tells of the calls that it is given. For the worker's one serving thread.</summary>
/// <param name="context">What this process packs by.</param>
/// <param name="memory">The memory of the connection.</param>
/// <param name="sender">Sends to the parent.</param>
internal sealed class TaskReplies(SerializationContext context, ConnectionMemory memory, FrameSender sender)
{
    /// <summary>In place of the index of an input: the function itself could not be rebuilt.</summary>
    public const long WholeCall = -1;

    private static readonly long WakeInterval = Stopwatch.Frequency * 3 / 1000;

    /// <summary>What this process packs and rebuilds by.</summary>
    public SerializationContext Context => context;

    private readonly PayloadWriter _payload = new();
    private long _woken;

    /// <summary>Notes that something of a call is taken up: should this process die from now on, it was not before it had begun.</summary>
    public void Begin(int call) => Volatile.Write(ref memory.State.Worker.CurrentCall, call);

    /// <summary>Takes up a batch, to read its inputs.</summary>
    /// <returns>False if all of it was taken back.</returns>
    public bool TakeUp(in TaskRange range)
    {
        Begin(range.Call);
        return memory.TryMoveTo(range.Place, WorkerStep.Reading);
    }

    /// <summary>Begins with an input.</summary>
    /// <returns>False if it was taken back, with all that follow in its batch.</returns>
    public bool TryRun(long place) => memory.TryMoveTo(place, WorkerStep.Running);

    /// <summary>Runs something that belongs to an input with which it has begun.</summary>
    public void RunOn(long place) => memory.MoveTo(place, WorkerStep.Running);

    /// <summary>Notes that all inputs before this one are done.</summary>
    public void DoneUpTo(long place) => memory.MoveTo(place, WorkerStep.Between);

    /// <summary>Has the pool look: everything that is done has been told.</summary>
    public void End() => sender.Wake();

    /// <summary>Where results stand until they are sent; nothing if not one fits.</summary>
    /// <typeparam name="TResult">Their type, which is nothing but bits.</typeparam>
    public Span<TResult> Journal<TResult>()
    {
        ref byte first = ref MemoryMarshal.GetReference(memory.Journal);
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, TResult>(ref first), memory.Journal.Length / Unsafe.SizeOf<TResult>());
    }

    /// <summary>Notes whose result stands first there.</summary>
    public void BeginJournal(long first) => Volatile.Write(ref memory.State.Worker.JournalFirst, first);

    /// <summary>Begins to tell the results of some inputs.</summary>
    /// <param name="range">Which inputs.</param>
    /// <param name="elapsed">How long they took, in ticks of the stopwatch.</param>
    /// <returns>Where the results go.</returns>
    public PayloadWriter BeginResults(in TaskRange range, long elapsed)
    {
        _payload.Clear();
        _payload.WriteInt32(range.Call);
        _payload.WriteInt64(range.First);
        _payload.WriteInt32(range.Count);
        _payload.WriteInt64(elapsed);
        return _payload;
    }

    /// <summary>Sends them.</summary>
    /// <param name="attachments">The large arrays that go with them.</param>
    public void EndResults(IReadOnlyList<Attachment> attachments)
    {
        sender.Send(FrameKind.Results, _payload.Written.Span, attachments);

        // One that sends result by result would have its parent on its feet all the time. It is woken at the end of the batch, and now and then.
        long now = Stopwatch.GetTimestamp();
        if (now - _woken > WakeInterval)
        {
            _woken = now;
            sender.Wake();
        }
    }

    /// <summary>Tells the result of a call without inputs.</summary>
    public void Result(int call, Shipment result)
    {
        _payload.Clear();
        _payload.WriteInt32(call);
        _payload.WriteBytes(result.Payload.Span);
        sender.Send(FrameKind.Result, _payload.Written.Span, result.Attachments);
    }

    /// <summary>Tells that the function threw for an input.</summary>
    public void Fault(int call, long index, Exception exception)
    {
        _payload.Clear();
        _payload.WriteInt32(call);
        _payload.WriteInt64(index);
        FaultReport.Of(exception, context).Write(_payload);
        sender.Send(FrameKind.Fault, _payload.Written.Span, []);
    }
}
