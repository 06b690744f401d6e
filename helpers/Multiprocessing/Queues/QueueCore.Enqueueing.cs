using System.Diagnostics;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <content>How an item gets in.</content>
internal sealed unsafe partial class QueueCore
{
    private const long FirstChunkSize = 64 << 10;
    private const long LargestChunkSize = 4 << 20;
    private const int ChunkGrowth = 4;
    private const long Page = 4096;

    /// <summary>So many chunks may go round before a producer waits for one.</summary>
    private const int ChunksInRound = 4;

    /// <summary>
    /// To make a chunk of the largest size, fill it for the first time and read it takes several times as long as to do so with one that was used before: some milliseconds of both sides.
    /// </summary>
    private static readonly TimeSpan WorthWaiting = TimeSpan.FromMilliseconds(10);

    /// <summary>Enqueues an item.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="content">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="call">Whose call it is, and how long to wait for room.</param>
    /// <returns>False if the time was up before there was room.</returns>
    /// <exception cref="InvalidOperationException">Adding has been completed.</exception>
    public bool TryEnqueue(RecordKind kind, ref readonly byte content, long length, in QueueCall call)
    {
        while (true)
        {
            Enter(_producers, call);
            try
            {
                if (_state->IsAddingCompleted != 0)
                {
                    throw new InvalidOperationException("Nothing can be enqueued any more: CompleteAdding has been called.");
                }

                if (HasRoom())
                {
                    Write(kind, in content, length);
                    break;
                }
            }
            finally
            {
                _producers.Exit();
            }

            if (!Wait(forItems: false, call))
            {
                return false;
            }
        }

        _hasEnqueued = true;
        ForItems.Set();
        return true;
    }

    private bool HasRoom()
    {
        int capacity = _state->Capacity;
        if (capacity == 0 || _state->Tail.Count - _state->Tail.Known < capacity)
        {
            return true;
        }

        _state->Tail.Known = _state->Head.ReadCount();
        return _state->Tail.Count - _state->Tail.Known < capacity;
    }

    private void Write(RecordKind kind, ref readonly byte content, long length)
    {
        long size = Record.SizeOf(length);
        QueuePosition tail = _state->Tail.Position;
        Chunk? chunk = tail.Chunk == 0 ? null : _written[tail.Chunk];
        if (chunk is not null && chunk.HasRoom(tail.Offset, size))
        {
            Write(chunk.Start + tail.Offset, kind, in content, length);
            _state->Tail.Move(new QueuePosition(tail.Chunk, tail.Offset + size), 1);
            return;
        }

        Chunk next = TakeChunk(size + Record.Head);
        Write(next.Start, kind, in content, length);
        if (chunk is null)
        {
            _state->Tail.FirstChunk = next.Number;
        }
        else
        {
            *(long*)(_written[tail.Chunk].Start + tail.Offset) = ((long)next.Number << 8) | (byte)RecordKind.Jump;
        }

        _state->Tail.Move(new QueuePosition(next.Number, size), 1);
    }

    private static void Write(byte* place, RecordKind kind, ref readonly byte content, long length)
    {
        *(long*)place = (length << 8) | (byte)kind;
        fixed (byte* source = &content)
        {
            Buffer.MemoryCopy(source, place + Record.Head, length, length);
        }
    }

    /// <summary>A chunk that holds so many bytes: one that is free, or a new one.</summary>
    private Chunk TakeChunk(long size)
    {
        long usual = Math.Clamp(Math.Max(_state->Tail.ChunkSize, size) * ChunkGrowth, FirstChunkSize, LargestChunkSize);
        int free = FreeChunkList.TryTake(_state, size);
        if (free == 0 && usual == LargestChunkSize && _state->Tail.LastChunk >= ChunksInRound)
        {
            free = AwaitFreeChunk(size);
        }

        if (free != 0)
        {
            return _written[free];
        }

        // The number first: a dead one's chunk may be there.
        int number = ++_state->Tail.LastChunk;
        _state->Tail.ChunkSize = usual;
        Chunk chunk = _written.Create(number, Math.Max(usual, (size + Page - 1) / Page * Page));
        WarmMemory.Populate(chunk.Start, chunk.Size);
        return chunk;
    }

    /// <summary>
    /// If consumers have been at work since one last waited in vain, waits a little for the chunk that they are about to empty: less than it costs, both sides, to use memory that nobody has used before.
    /// So a stream whose producer is the faster side stays in the same memory.
    /// </summary>
    private int AwaitFreeChunk(long size)
    {
        int free = 0;
        SpinWait pause = default;
        long begin = Stopwatch.GetTimestamp();
        while (free == 0 && _state->Head.Position != _state->Tail.HeadSeen && Stopwatch.GetElapsedTime(begin) < WorthWaiting)
        {
            pause.SpinOnce(sleep1Threshold: -1);
            free = FreeChunkList.TryTake(_state, size);
        }

        if (free == 0)
        {
            _state->Tail.HeadSeen = _state->Head.Position;
        }

        return free;
    }
}
