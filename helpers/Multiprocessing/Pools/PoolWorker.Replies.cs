using System.Diagnostics;
using System.Runtime.CompilerServices;
using Multiprocessing.Connections;
using Multiprocessing.Serialization;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools;

/// <content>What it says, how far it is, and what is taken back from it.</content>
internal sealed partial class PoolWorker
{
    /// <summary>After so long with one input, those behind it are better off with another worker.</summary>
    public static readonly TimeSpan LongTask = TimeSpan.FromMilliseconds(2);

    private long _lastMove;
    private bool _isRelieved;

    /// <summary>Takes what it has said about its batches, without waiting.</summary>
    public bool TryReceive(out Reply reply)
    {
        while (_connection.TryReceive(out Frame frame))
        {
            if (!IsInitializing)
            {
                reply = Understand(frame);
                return true;
            }

            Receive(frame);
        }

        reply = default;
        return false;
    }

    /// <summary>Whether it has more than it is at.</summary>
    public bool HasSpare => _memory.IsUnlimited && _batches.TryPeek(out Batch? first) && (_batches.Count > 1 || first.Count - first.Answered > 1);

    /// <summary>Whether it can take batches behind those that it has: not while it is at what is left of those from which some were taken back.</summary>
    public bool IsOpen => _batches.Count == 0 || _memory.IsUnlimited;

    /// <summary>
    /// Takes back the inputs that it will not begin with soon, since it has been at one for long. It is left the next one, which may be under way to it; unless it has not even
    /// started, and then once: not to be sent around among those that have not.
    /// </summary>
    /// <param name="wholeBatches">Whether a batch that it has begun with is left to it.</param>
    /// <param name="onTaken">Is told the batches from which inputs were taken back, now smaller, and how many there were before.</param>
    /// <returns>Whether anything was taken back.</returns>
    public bool TakeBack(bool wholeBatches, Action<Batch, int> onTaken)
    {
        if (!_batches.TryPeek(out Batch? first) || !_memory.IsUnlimited || Stopwatch.GetElapsedTime(_lastMove) < LongTask)
        {
            return false;
        }

        long least = IsReady || _isRelieved ? first.Place + first.Answered + 1 : 0;
        _isRelieved |= !IsReady;
        long Round(long begun) => wholeBatches ? EndOfBatch(Math.Max(begun, least)) : Math.Max(begun, least);
        if (Round(Position.BegunUpTo) >= _given)
        {
            return false;
        }

        long end = _memory.Revoke(Round, _given);
        for (int i = _batches.Count; i > 0; i--)
        {
            Batch batch = _batches.Dequeue();
            int count = batch.Count;
            batch.Count = (int)Math.Clamp(end - batch.Place, batch.Answered, count);
            TasksLeft += count - batch.Count;
            if (batch.Count > batch.Answered)
            {
                _batches.Enqueue(batch);
            }

            if (batch.Count < count)
            {
                onTaken(batch, count);
            }
        }

        return end < _given;
    }

    /// <summary>Whether it has taken up anything of a call, if that is the last call that it was given anything of.</summary>
    public bool HasBegun(int call) => Volatile.Read(ref _memory.State.Worker.CurrentCall) == call;

    /// <summary>How far it is, or was when it died. The places are those of its <see cref="Batches"/>.</summary>
    public WorkerPosition Position => _memory.Position;

    /// <summary>Results that it had when it died, but had not sent.</summary>
    /// <typeparam name="TResult">Their type.</typeparam>
    /// <param name="first">The index of the input of the first one.</param>
    /// <param name="count">How many.</param>
    /// <returns>Null if they are not there.</returns>
    public TResult[]? ReadJournal<TResult>(long first, int count)
    {
        int size = Unsafe.SizeOf<TResult>();
        long start = first - Volatile.Read(ref _memory.State.Worker.JournalFirst);
        if (!TaskData<TResult>.IsPlain || start < 0 || (start + count) * size > _memory.Journal.Length)
        {
            return null;
        }

        return TaskData<TResult>.Read(new PayloadReader(_memory.Journal.Slice((int)start * size, count * size).ToArray()), count, _host, null, static (_, _) => { });
    }

    private long EndOfBatch(long begun) => _batches.FirstOrDefault(batch => batch.Place < begun && begun <= batch.Place + batch.Count) is { } batch ? batch.Place + batch.Count : begun;

    private Reply Understand(Frame frame)
    {
        PayloadReader content = new(frame.Payload);
        _ = content.ReadInt32();
        Batch batch = _batches.Peek();
        long first = batch.First + batch.Answered;
        int count = 1;
        long elapsed = 0;
        switch (frame.Kind)
        {
            case FrameKind.Results:
                first = content.ReadInt64();
                count = content.ReadInt32();
                elapsed = content.ReadInt64();
                break;
            case FrameKind.Fault:
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
        }

        return new Reply(frame.Kind, batch, first, count, elapsed, content, frame.Attachments);
    }

}
