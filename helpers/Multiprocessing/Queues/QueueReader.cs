using System.Diagnostics;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>The side of a queue that dequeues, as this process sees it. Everything is for who has the lock.</summary>
internal sealed unsafe class QueueReader(Segment segment, QueueState* state)
{
    private readonly QueueState.ConsumersState* _state = &state->Consumers;

    public SharedLock Lock { get; } = new(&state->Consumers.Lock, segment);

    /// <summary>What this side has mapped.</summary>
    public ChunkCache Chunks { get; } = new(new ChunkFiles(segment));

    /// <summary>The items that are out.</summary>
    public QueueLeases Leases { get; } = new(segment, &state->Consumers);

    /// <summary>The entry of the item that was found last, if it is one that had come back; -1: it is the one at the head.</summary>
    private int _returned;

    /// <summary>Finds the next item, and leaves it where it is.</summary>
    public bool TryFind(out Record record)
    {
        _returned = Leases.FindReturned();
        if (_returned >= 0)
        {
            QueuePosition place = Leases.PositionOf(_returned);
            return Record.TryRead(Chunks[place.Chunk].Start + place.Offset, out record);
        }

        QueueProgress head = _state->Head.Own;
        if (head.Count == _state->EnqueuedSeen)
        {
            _state->EnqueuedSeen = state->Producers.Tail.Read().Count;
            if (head.Count == _state->EnqueuedSeen)
            {
                record = default;
                return false;
            }
        }

        Debug.Assert(head.Count < _state->EnqueuedSeen, "Nothing is dequeued before it is enqueued.");
        QueuePosition position = head.Position;
        while (true)
        {
            Chunk? chunk = position.Chunk == 0 ? null : Chunks[position.Chunk];
            if (chunk is not null && Record.TryRead(chunk.Start + position.Offset, out record))
            {
                Debug.Assert(position.Offset + Record.SizeOf(record.Length) <= chunk.Size, "An item ends in its chunk.");
                return true;
            }

            // Left before it is given away: whoever is killed in between leaves a chunk that nobody uses, not one that two do.
            position = new QueuePosition(chunk is null ? state->Producers.FirstChunk : Record.ReadJump(chunk.Start + position.Offset), 0);
            Debug.Assert(position.Chunk > 0, "As long as there are items, a chunk leads to the next.");
            _state->Head.Move(position, 0);
            if (chunk is not null)
            {
                Release(chunk);
            }
        }
    }

    /// <summary>Takes the item that was found, for good.</summary>
    public void Take(in Record record)
    {
        if (_returned >= 0)
        {
            Drop(_returned);
        }
        else
        {
            Pass(record);
        }
    }

    /// <summary>Takes the item that was found, until it is acknowledged.</summary>
    public QueueLease TakeOnLease(in Record record)
    {
        if (_returned >= 0)
        {
            return Leases.Retake(_returned);
        }

        QueueLease lease = Leases.BeginAdding(_state->Head.Own);
        Pass(record);
        Leases.EndAdding();
        return lease;
    }

    /// <summary>Ends a lease: the item is done with.</summary>
    public void Drop(int index)
    {
        int chunk = Leases.PositionOf(index).Chunk;
        Leases.Free(index);
        if (chunk != _state->Head.Own.Position.Chunk && !Leases.Need(chunk))
        {
            Release(Chunks[chunk]);
        }
    }

    private void Pass(in Record record)
    {
        QueuePosition head = _state->Head.Own.Position;
        _state->Head.Move(new QueuePosition(head.Chunk, head.Offset + Record.SizeOf(record.Length)), 1);
    }

    private void Release(Chunk chunk)
    {
        if (Leases.Need(chunk.Number))
        {
            // Whoever acknowledges the last of them releases it.
            return;
        }

        if (chunk.Size < state->Producers.ChunkSize || !FreeChunkList.TryPut(&state->FreeChunks, chunk.Number, chunk.Size))
        {
            Chunks.Delete(chunk.Number);
        }
    }
}
