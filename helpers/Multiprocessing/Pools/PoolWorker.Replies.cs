using System.Diagnostics;
using System.Runtime.CompilerServices;
using Multiprocessing.Connections;
using Multiprocessing.Pools.Serving;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Pools;

/// <content>What it says, how far it is, and what is taken back from it.</content>
internal sealed partial class PoolWorker
{
    /// <summary>After so long with one input, those behind it are better off with another worker.</summary>
    private static readonly TimeSpan LongTask = TimeSpan.FromMilliseconds(2);

    private long _lastMove;
    private bool _isLimited;

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

    /// <summary>Whether it has taken up anything of a call, if that is the last call that it was given anything of.</summary>
    public bool HasBegun(int call) => Volatile.Read(ref _link.CurrentCall) == call;

    /// <summary>How far it is, or was when it died. The places are those of its <see cref="Batches"/>.</summary>
    public WorkerPosition Position => WorkerPosition.Of(Volatile.Read(ref _link.Position));

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
            case FrameKind.Results or FrameKind.Returned:
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
            if (_batches.Count == 0 && _isLimited)
            {
                _isLimited = false;
                _link.Unlimit();
            }
        }

        if (frame.Kind == FrameKind.Returned)
        {
            TasksLeft += count;
        }

        return new Reply(frame.Kind, batch, first, count, elapsed, content, frame.Attachments);
    }

}
