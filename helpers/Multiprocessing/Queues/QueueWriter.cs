using System.Diagnostics;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>The side of a queue that enqueues, as this process sees it. Everything is for who has the lock.</summary>
internal sealed unsafe class QueueWriter(Segment segment, QueueState* state)
{
    private const long FirstChunkSize = 64 << 10;
    private const long LargestChunkSize = 4 << 20;
    private const int ChunkGrowth = 4;
    private const long Page = 4096;

    /// <summary>So many chunks may go round before a producer waits for one.</summary>
    private const int ChunksInRound = 4;

    /// <summary>
    /// To make a chunk of the largest size, fill it for the first time and read it takes several times as long as to do so with one that was used before: some milliseconds of both sides.
    /// Without the wait, arrays of 1 MB go through at two thirds of the speed.
    /// </summary>
    private static readonly long WorthWaiting = Stopwatch.Frequency / 100;

    private readonly QueueState.ProducersState* _state = &state->Producers;

    /// <summary>Where the head was when this process last waited for a chunk in vain.</summary>
    private QueuePosition _headSeen;

    public SharedLock Lock { get; } = new(&state->Producers.Lock, segment);

    /// <summary>What this side has mapped.</summary>
    public ChunkCache Chunks { get; } = new(new ChunkFiles(segment));

    /// <summary>Whether one more item fits under the bound.</summary>
    public bool HasRoom()
    {
        int capacity = state->Settings.Capacity;
        long enqueued = _state->Tail.Own.Count;
        if (capacity == 0 || enqueued - _state->DequeuedSeen < capacity)
        {
            return true;
        }

        _state->DequeuedSeen = state->Consumers.Head.Read().Count;
        Debug.Assert(_state->DequeuedSeen <= enqueued, "Nothing is dequeued before it is enqueued.");
        return enqueued - _state->DequeuedSeen < capacity;
    }

    /// <summary>Writes an item. It is in the queue from the last instruction on, that of the tail's move.</summary>
    public void Write(RecordKind kind, ref readonly byte content, long length)
    {
        long size = Record.SizeOf(length);
        QueuePosition tail = _state->Tail.Own.Position;
        Chunk? chunk = tail.Chunk == 0 ? null : Chunks[tail.Chunk];
        if (chunk is not null && chunk.HasRoom(tail.Offset, size))
        {
            Record.Write(chunk.Start + tail.Offset, kind, in content, length);
            _state->Tail.Move(new QueuePosition(tail.Chunk, tail.Offset + size), 1);
            return;
        }

        Chunk next = TakeChunk(size + Record.Head);
        Debug.Assert(next.HasRoom(0, size), "A chunk holds the item that it is taken for.");
        Record.Write(next.Start, kind, in content, length);
        if (chunk is null)
        {
            _state->FirstChunk = next.Number;
        }
        else
        {
            // Asked for again: to take a chunk may have unmapped this one.
            Record.WriteJump(Chunks[tail.Chunk].Start + tail.Offset, next.Number);
        }

        _state->Tail.Move(new QueuePosition(next.Number, size), 1);
    }

    /// <summary>A chunk that holds so many bytes: one that is free, or a new one.</summary>
    private Chunk TakeChunk(long size)
    {
        long usual = Math.Clamp(Math.Max(_state->ChunkSize, size) * ChunkGrowth, FirstChunkSize, LargestChunkSize);
        int free = FreeChunkList.TryTake(&state->FreeChunks, size);
        if (free == 0 && usual == LargestChunkSize && _state->LastChunk >= ChunksInRound)
        {
            free = AwaitFreeChunk(size);
        }

        if (free != 0)
        {
            return Chunks[free];
        }

        // The number first: a dead one's chunk may be there.
        int number = ++_state->LastChunk;
        _state->ChunkSize = usual;
        return Chunks.Create(number, Math.Max(usual, (size + Page - 1) / Page * Page));
    }

    /// <summary>
    /// If consumers have been at work since one last waited in vain, waits a little for the chunk that they are about to empty: less than it costs, both sides, to use memory that nobody has used before.
    /// So a stream whose producer is the faster side stays in the same memory.
    /// </summary>
    private int AwaitFreeChunk(long size)
    {
        int free = 0;
        SpinBudget budget = new(WorthWaiting);
        while (free == 0 && state->Consumers.Head.Read().Position != _headSeen && budget.Spin())
        {
            free = FreeChunkList.TryTake(&state->FreeChunks, size);
        }

        if (free == 0)
        {
            _headSeen = state->Consumers.Head.Read().Position;
        }

        return free;
    }
}
