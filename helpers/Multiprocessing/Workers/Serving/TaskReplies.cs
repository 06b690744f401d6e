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
/// <param name="cancellation">Tells functions that their call is cancelled.</param>
internal sealed class TaskReplies(SerializationContext context, ConnectionMemory memory, FrameSender sender, CallCancellation cancellation)
{
    /// <summary>In place of the index of an input: the function has none, or could not be rebuilt itself.</summary>
    public const long WholeCall = -1;

    private static readonly long WakeInterval = Stopwatch.Frequency * 3 / 1000;

    /// <summary>What this process packs and rebuilds by.</summary>
    public SerializationContext Context => context;

    private readonly PayloadWriter _payload = new();
    private MemoryReport? _memory;
    private long _woken;
    private long _taken;

    // The batch that it is at: its call, the index of its first input, and how many this worker was given before.
    private int _call;
    private long _first;
    private long _place;

    /// <summary>Says whether the call of the batch is cancelled.</summary>
    public CancellationToken Cancellation => cancellation.TokenOf(_call);

    /// <summary>Notes that something of a call is taken up: should this process die from now on, it was not before it had begun.</summary>
    public void Begin(int call) => Volatile.Write(ref memory.State.Worker.CurrentCall, call);

    /// <summary>Takes up a batch, to read its inputs. By their number in it the other members mean them.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="first">The index of the first input.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>False if all of it was taken back.</returns>
    public bool TakeUp(int call, long first, int count)
    {
        _call = call;
        _first = first;
        _place = _taken;
        _taken += count;
        Begin(call);
        return memory.TryMoveTo(_place, WorkerStep.Reading);
    }

    /// <summary>Begins with an input.</summary>
    /// <returns>False if it was taken back, with all that follow in its batch.</returns>
    public bool TryRun(int input) => memory.TryMoveTo(_place + input, WorkerStep.Running);

    /// <summary>Runs something that belongs to an input with which it has begun.</summary>
    public void RunOn(int input) => memory.MoveTo(_place + input, WorkerStep.Running);

    /// <summary>Notes that all inputs before this one are done.</summary>
    public void DoneUpTo(int input) => memory.MoveTo(_place + input, WorkerStep.Between);

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
    public void BeginJournal(int input) => Volatile.Write(ref memory.State.Worker.JournalFirst, _first + input);

    /// <summary>Begins to tell the results of inputs that follow each other.</summary>
    /// <param name="input">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="elapsed">How long they took, in ticks of the stopwatch.</param>
    /// <returns>Where the results go.</returns>
    public PayloadWriter BeginResults(int input, int count, long elapsed)
    {
        _payload.Clear();
        _payload.WriteInt64(_first + input);
        _payload.WriteInt32(count);
        _payload.WriteInt64(elapsed);
        return _payload;
    }

    /// <summary>Sends them.</summary>
    /// <param name="attachments">The large arrays that go with them.</param>
    public void EndResults(IReadOnlyList<Attachment> attachments)
    {
        ReportMemory();
        sender.Send(FrameKind.Results, _payload.Written.Span, attachments);

        // One that sends result by result would have its parent on its feet all the time. It is woken at the end of the batch, and now and then.
        long now = Stopwatch.GetTimestamp();
        if (now - _woken > WakeInterval)
        {
            _woken = now;
            sender.Wake();
        }
    }

    /// <summary>Tells that inputs are not done, and will not be, since the call is cancelled.</summary>
    /// <param name="input">The first of them.</param>
    /// <param name="count">How many.</param>
    public void Cancelled(int input, int count)
    {
        _payload.Clear();
        _payload.WriteInt64(_first + input);
        _payload.WriteInt32(count);
        sender.Send(FrameKind.Cancelled, _payload.Written.Span, []);
        DoneUpTo(input + count);
    }

    /// <summary>Tells the result of a call without inputs.</summary>
    public void Result(Shipment result)
    {
        ReportMemory();
        sender.Send(FrameKind.Result, result.Payload.Span, result.Attachments);
    }

    /// <summary>Tells that a call without inputs threw, or that a function for many could not be rebuilt.</summary>
    public void Fault(Exception exception) => SendFault(WholeCall, exception);

    /// <summary>Tells that the function threw for an input.</summary>
    public void Fault(int input, Exception exception) => SendFault(_first + input, exception);

    /// <summary>Before what the pool takes for the end of an input: it looks at it then.</summary>
    private void ReportMemory()
    {
        if (Volatile.Read(ref memory.State.Parent.WatchesMemory) != 0)
        {
            (_memory ??= new MemoryReport()).Update(ref memory.State.Worker.ResidentMemory);
        }
    }

    private void SendFault(long index, Exception exception)
    {
        ReportMemory();
        _payload.Clear();
        _payload.WriteInt64(index);
        FaultReport.Of(exception, context).Write(_payload);
        sender.Send(FrameKind.Fault, _payload.Written.Span, []);
    }
}
