using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Connections;
using Multiprocessing.Serialization;

namespace Multiprocessing.Pools.Serving;

/// <summary>What a worker tells of the calls that it is given. For the worker's one serving thread.</summary>
internal sealed class TaskReplies(WorkerLink link, FrameSender sender)
{
    /// <summary>In place of the index of an input: the function itself could not be rebuilt.</summary>
    public const long WholeCall = -1;

    private static readonly long WakeInterval = Stopwatch.Frequency * 3 / 1000;

    private readonly PayloadWriter _payload = new();
    private long _woken;

    /// <summary>Notes that something of a call is taken up: should this process die from now on, it was not before it had begun.</summary>
    public void Begin(int call) => Volatile.Write(ref link.CurrentCall, call);

    /// <summary>Notes how far it is.</summary>
    public void MoveTo(long place, WorkerStep step) => Volatile.Write(ref link.Position, new WorkerPosition(place, step).Word);

    /// <summary>Notes that everything that is done has been told.</summary>
    public void End()
    {
        MoveTo(0, WorkerStep.None);
        sender.Wake();
    }

    /// <summary>Where results stand until they are sent; nothing if not one fits.</summary>
    /// <typeparam name="TResult">Their type, which is nothing but bits.</typeparam>
    public Span<TResult> Journal<TResult>()
    {
        ref byte first = ref MemoryMarshal.GetReference(link.Journal);
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, TResult>(ref first), link.Journal.Length / Unsafe.SizeOf<TResult>());
    }

    /// <summary>Notes whose result stands first there.</summary>
    public void BeginJournal(long first) => Volatile.Write(ref link.JournalFirst, first);

    /// <summary>Asks whether the worker may begin with inputs up to this one.</summary>
    /// <param name="end">The number of inputs, counted from the worker's first, that it will then have begun with.</param>
    /// <returns>How many it may.</returns>
    public long Claim(long end) => link.Claim(end);

    /// <summary>Tells that inputs were not begun with.</summary>
    public void Return(in TaskRange range)
    {
        BeginResults(range, 0);
        sender.Send(FrameKind.Returned, _payload.Written.Span, []);
    }

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
        FaultReport.Of(exception).Write(_payload);
        sender.Send(FrameKind.Fault, _payload.Written.Span, []);
    }
}
