using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Pools.Serving;
using Multiprocessing.Shipping;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Transport.Rings;
using Multiprocessing.Transport.Segments;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools;

/// <summary>
/// A worker of a pool, seen from the parent. Belongs to one call at a time: for one thread at a time, except for what says otherwise.
/// </summary>
internal sealed class PoolWorker : IDisposable
{
    /// <summary>After so long with one input, those behind it are better off with another worker.</summary>
    private static readonly TimeSpan LongTask = TimeSpan.FromMilliseconds(2);

    private readonly WorkerLink _link;
    private readonly FrameOutbox _outbox;
    private readonly RingReader _replies;
    private readonly FrameInbox _inbox;
    private readonly WorkerSession _session;
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly Queue<Batch> _batches = new();
    private readonly PayloadWriter _payload = new();
    private SurroundingsSnapshot _surroundings = SurroundingsSnapshot.Take();
    private int _printed;
    private long _given;
    private long _lastMove;
    private bool _isLimited;
    private Patience _patience;
    private readonly HashSet<int> _calls = [];
    private readonly Dictionary<int, List<Holding>> _holdings = [];
    private readonly ConcurrentQueue<int> _endedCalls = new();
    private volatile bool _hasEnded;
    private volatile bool _isReady;

    /// <summary>Starts a worker that serves a pool.</summary>
    /// <exception cref="NotShippableException">The initializer needs something that cannot go.</exception>
    /// <param name="bell">The pool's bell.</param>
    /// <param name="initializer">What it runs first.</param>
    /// <param name="name">Its name.</param>
    /// <param name="workers">How many workers the pool has.</param>
    public PoolWorker(PoolBell bell, Action? initializer, string name, int workers)
    {
        _link = new WorkerLink { Workers = workers };
        _patience = new Patience(workers);
        _outbox = new FrameOutbox(_link.RequestWriter());
        _replies = _link.ReplyReader();
        _inbox = new FrameInbox(_replies, AwaitMore);
        try
        {
            _session = WorkerSession.Start(new PoolService(_link, bell, initializer), name);
        }
        catch
        {
            _link.Dispose();
            throw;
        }

        Name = name;
        Ended = _session.Ended.ContinueWith(
            _ =>
            {
                _hasEnded = true;
                bell.Bell.Ring();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public string Name { get; }

    /// <summary>Thread-safe.</summary>
    public int ProcessId => _session.ProcessId;

    /// <summary>The session, as what waits for it is known to the output router.</summary>
    public object Session => _session;

    /// <summary>What it is at; null for nothing.</summary>
    public Delegate? Function
    {
        set => _session.Function = value;
    }

    /// <summary>Whether it has been ended for good: the pool need not replace it before there is something to do. Thread-safe.</summary>
    public bool IsDismissed => _session.IsDismissed;

    /// <summary>Ends when the process has ended; never fails. Thread-safe.</summary>
    public Task Ended { get; }

    /// <summary>Whether the process has ended. What it has said before can still be received. Thread-safe.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Why it has ended; null if it was to. Thread-safe.</summary>
    public Exception? Error => !_session.Completion.IsFaulted ? null : _session.Completion.Exception!.InnerException switch
    {
        WorkerException error when !IsReady => new WorkerException(error, $"The pool's initializer failed: {error.Message}"),
        var error => error,
    };

    /// <summary>Whether the initializer has run and the worker serves, or has served. Thread-safe.</summary>
    public bool IsReady => _isReady || (_isReady = _link.IsReady);

    /// <summary>The index of the input of a call that it was at when it died; -1 for none.</summary>
    public long CurrentOf(int call) => Math.Max(ProgressOf(call), 0) - 1;

    /// <summary>The index up to which the inputs of a call were done when it died; -1 if it had not begun.</summary>
    public long DoneOf(int call) => Math.Abs(ProgressOf(call)) - 1;

    /// <summary>Results that it had when it died, but had not sent.</summary>
    /// <typeparam name="TResult">Their type.</typeparam>
    /// <param name="first">The index of the input of the first one.</param>
    /// <param name="count">How many.</param>
    /// <returns>Null if they are not there.</returns>
    public TResult[]? ReadJournal<TResult>(long first, int count)
    {
        int size = Unsafe.SizeOf<TResult>();
        long start = first - Volatile.Read(ref _link.JournalFirst);
        if (!TaskData<TResult>.IsPlain || start < 0 || (start + count) * size > _link.Journal.Length)
        {
            return null;
        }

        return TaskData<TResult>.Read(new PayloadReader(_link.Journal.Slice((int)start * size, count * size).ToArray()), count, LoadedAssemblies.Instance, null, static (_, _) => { });
    }

    /// <summary>How many inputs it may still be given.</summary>
    public long TasksLeft { get; set; } = long.MaxValue;

    /// <summary>The batches that it has not answered, or not whole, in the order in which it was given them.</summary>
    public IReadOnlyCollection<Batch> Batches => _batches;

    /// <summary>Gives it what a call needs before a batch, as far as it does not have that.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="function">The function.</param>
    /// <param name="surroundings">The surroundings of the call.</param>
    public void Prepare(int call, Shipment function, SurroundingsSnapshot surroundings)
    {
        ForgetEnded();
        if (!_calls.Add(call))
        {
            return;
        }

        SendSurroundings(surroundings);
        Hold(call, function);
        SendAssemblies(function.Assemblies);
        _payload.Clear();
        _payload.WriteInt32(call);
        _payload.WriteBytes(function.Payload.Span);
        _outbox.Post(RingFrameKind.Function, _payload.Written.Span, function.Attachments);
    }

    /// <summary>Lets it begin with the call without inputs that it was given: what it takes to do so it could get ready meanwhile.</summary>
    public void Begin()
    {
        _outbox.Post(RingFrameKind.Begin, [], []);
        _link.WorkerBell.Ring();
    }

    /// <summary>Notes that a call has ended, so that its function, and all that it holds, need not be kept. Thread-safe.</summary>
    public void NoteEnd(int call) => _endedCalls.Enqueue(call);

    /// <summary>Has it forget what was noted.</summary>
    public void ForgetEnded()
    {
        while (_endedCalls.TryDequeue(out int call))
        {
            if (_holdings.Remove(call, out List<Holding>? holdings))
            {
                holdings.ForEach(static holding => holding.End(failed: false));
            }

            if (_calls.Remove(call))
            {
                _payload.Clear();
                _payload.WriteInt32(call);
                _outbox.Post(RingFrameKind.Forget, _payload.Written.Span, []);
                _link.WorkerBell.Ring();
            }
        }
    }

    /// <summary>Gives it a batch.</summary>
    /// <param name="kind">How it is to be run.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="payload">What goes.</param>
    /// <param name="shipment">The assemblies that it takes to read that, and the large arrays that go with it.</param>
    public void Give(RingFrameKind kind, Batch batch, ReadOnlySpan<byte> payload, Shipment shipment)
    {
        Hold(batch.Call, shipment);
        SendAssemblies(shipment.Assemblies);
        if (_batches.Count == 0)
        {
            _lastMove = Stopwatch.GetTimestamp();
        }

        _batches.Enqueue(batch);
        _given += kind == RingFrameKind.Tasks ? batch.Count : 0;
        TasksLeft -= batch.Count;
        _outbox.Post(kind, payload, shipment.Attachments);
        _link.WorkerBell.Ring();
    }

    /// <summary>Sends as much as there is room for of what is to go.</summary>
    /// <returns>Whether anything went.</returns>
    public bool Push()
    {
        bool moved = !_outbox.IsEmpty && _outbox.Push();
        if (moved)
        {
            _link.WorkerBell.Ring();
        }

        return moved;
    }

    /// <summary>Takes what it has said about its batches, without waiting.</summary>
    public bool TryReceive(out Reply reply)
    {
        bool received = _inbox.TryReceive(out RingFrame frame, out bool moved);
        if (moved)
        {
            // It may wait for room.
            _link.WorkerBell.Ring();
        }

        reply = received ? Understand(frame) : default;
        return received;
    }

    /// <summary>Waits until what it had printed when it sent its last reply has been passed on.</summary>
    public void AwaitOutput()
    {
        if (_printed != 0)
        {
            _session.AwaitOutput(_printed);
        }
    }

    /// <summary>
    /// Takes back inputs that it has not begun with, if it has been at one for long. Of which batches, <see cref="Batch.Kept"/> tells; where that stays uncertain, its replies will.
    /// </summary>
    /// <param name="wholeBatches">Whether a batch that it has begun with is left to it.</param>
    /// <returns>Whether anything was taken back for certain.</returns>
    public bool TakeBack(bool wholeBatches)
    {
        if (_isLimited || Stopwatch.GetElapsedTime(_lastMove) < LongTask)
        {
            return false;
        }

        _isLimited = true;
        if (_link.Revoke(claimed => wholeBatches ? NextBatch(claimed) : claimed) is not { } left)
        {
            return false;
        }

        long place = _given;
        bool taken = false;
        foreach (Batch batch in _batches.Reverse())
        {
            place -= batch.Count;
            int kept = (int)Math.Clamp(left - place, 0, batch.Count);
            taken |= kept < batch.Kept;
            batch.Kept = Math.Min(kept, batch.Kept);
        }

        return taken;
    }

    /// <summary>Whether it can take batches: not while some are being taken back.</summary>
    public bool IsOpen => !_isLimited;

    /// <summary>Has it end when it is done with its batches.</summary>
    public void End()
    {
        _outbox.Post(RingFrameKind.End, [], []);
        Push();
        _link.WorkerBell.Ring();
    }

    /// <summary>Ends the process at once. Thread-safe.</summary>
    public void Kill() => _session.Kill();

    /// <summary>Gives the memory back, when the process has ended.</summary>
    public void Dispose()
    {
        foreach (List<Holding> holdings in _holdings.Values)
        {
            holdings.ForEach(static holding => holding.End(failed: true));
        }

        _holdings.Clear();
        _link.Dispose();
    }

    /// <summary>Shared objects that want to know who has them are told.</summary>
    private void Hold(int call, Shipment shipment)
    {
        if (shipment.Shared.Count > 0 && Holding.Begin(shipment.Shared, ProcessId) is { } holding)
        {
            if (!_holdings.TryGetValue(call, out List<Holding>? holdings))
            {
                _holdings.Add(call, holdings = []);
            }

            holdings.Add(holding);
        }
    }

    /// <summary>The number of inputs that it was given up to the end of the batch in which the given one is.</summary>
    private long NextBatch(long claimed)
    {
        long end = _given;
        foreach (Batch batch in _batches.Reverse())
        {
            if (end - batch.Count < claimed)
            {
                return end;
            }

            end -= batch.Count;
        }

        return Math.Max(end, claimed);
    }

    private Reply Understand(RingFrame frame)
    {
        PayloadReader content = new(frame.Payload);
        _ = content.ReadInt32();
        _printed = content.ReadInt32();
        Batch batch = _batches.Peek();
        long first = batch.First + batch.Answered;
        int count = 1;
        long elapsed = 0;
        switch (frame.Kind)
        {
            case RingFrameKind.Results or RingFrameKind.Returned:
                first = content.ReadInt64();
                count = content.ReadInt32();
                elapsed = content.ReadInt64();
                break;
            case RingFrameKind.Fault:
                first = content.ReadInt64();
                count = first == TaskReplies.WholeCall ? batch.Count - batch.Answered : 1;
                break;
            default:
                break;
        }

        batch.Answered += count;
        _lastMove = Stopwatch.GetTimestamp();
        if (batch.Answered == batch.Count)
        {
            _batches.Dequeue();
            if (_batches.Count == 0 && _isLimited)
            {
                _isLimited = false;
                _link.Unlimit();
            }
        }

        if (frame.Kind == RingFrameKind.Returned)
        {
            TasksLeft += count;
        }

        return new Reply(frame.Kind, batch, first, count, elapsed, content, frame.Attachments);
    }

    /// <summary>In the middle of a large array: it is copied on the other side just now.</summary>
    private bool AwaitMore()
    {
        bool ended = _hasEnded;
        if (_replies.Available > 0)
        {
            return true;
        }

        _link.WorkerBell.Ring();
        if (!_patience.Spin())
        {
            Thread.Yield();
            _patience.Reset();
        }

        return !ended;
    }

    private long ProgressOf(int call) => Volatile.Read(ref _link.CurrentCall) == call ? Volatile.Read(ref _link.Current) : 0;

    private void SendAssemblies(IReadOnlyCollection<Assembly> assemblies)
    {
        foreach (Assembly assembly in assemblies)
        {
            if (_assemblies.Add(assembly))
            {
                PayloadWriter payload = new();
                AssemblyFrame.Of(assembly).Write(payload);
                _outbox.Post(RingFrameKind.Assembly, payload.Written.Span, []);
            }
        }
    }

    /// <summary>Tells it what has changed in the surroundings since it was last told.</summary>
    public void SendSurroundings(SurroundingsSnapshot now)
    {
        if (now != _surroundings)
        {
            PayloadWriter payload = new();
            Surroundings.Since(_surroundings.Environment, now.Environment).Write(payload);
            _outbox.Post(RingFrameKind.Surroundings, payload.Written.Span, []);
            _surroundings = now;
        }
    }
}
