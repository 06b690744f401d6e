namespace Multiprocessing.Queues;

/// <content>How an item gets out.</content>
internal sealed unsafe partial class QueueCore
{
    /// <summary>Finds the next item. If there is one, the consumers' lock is held until <see cref="EndDequeue"/>.</summary>
    /// <param name="call">Whose call it is, and how long to wait for one.</param>
    /// <param name="record">The item.</param>
    public DequeueResult BeginDequeue(in QueueCall call, out Record record)
    {
        while (true)
        {
            // Asked first: an item that comes after the answer is found below.
            bool completed = IsAddingCompleted;
            Enter(_consumers, call);
            bool found = false;
            try
            {
                found = TryFind(out record);
            }
            finally
            {
                if (!found)
                {
                    _consumers.Exit();
                }
            }

            if (found)
            {
                return DequeueResult.Item;
            }

            if (completed)
            {
                return DequeueResult.Complete;
            }

            if (!Wait(forItems: true, call))
            {
                return DequeueResult.TimeIsUp;
            }
        }
    }

    /// <summary>Ends what <see cref="BeginDequeue"/> began.</summary>
    /// <param name="record">The item.</param>
    /// <param name="taken">Whether the caller has it now; else it stays.</param>
    public void EndDequeue(in Record record, bool taken)
    {
        if (taken)
        {
            QueuePosition head = _state->Head.Position;
            _state->Head.Move(new QueuePosition(head.Chunk, head.Offset + Record.SizeOf(record.Length)), 1);
        }

        _consumers.Exit();
        _hasDequeued = true;
        if (_state->Capacity != 0)
        {
            ForRoom.Set();
        }

        GC.KeepAlive(this);
    }

    private bool TryFind(out Record record)
    {
        QueuePosition head = _state->Head.Position;
        if (head.Value == _state->Head.Known)
        {
            // The other side's memory is looked at only when there seems to be nothing more.
            _state->Head.Known = _state->Tail.Position.Value;
            if (head.Value == _state->Head.Known)
            {
                record = default;
                return false;
            }
        }

        while (true)
        {
            Chunk? chunk = head.Chunk == 0 ? null : _read[head.Chunk];
            int next = _state->Tail.FirstChunk;
            if (chunk is not null)
            {
                long word = *(long*)(chunk.Start + head.Offset);
                if ((RecordKind)word is not RecordKind.Jump and RecordKind kind)
                {
                    record = new Record(kind, chunk.Start + head.Offset + Record.Head, word >> 8);
                    return true;
                }

                next = (int)(word >> 8);
            }

            // Left before it is given away: whoever is killed in between leaves a chunk that nobody uses, not one that two do.
            head = new QueuePosition(next, 0);
            _state->Head.Move(head, 0);
            if (chunk is not null)
            {
                Release(chunk);
            }
        }
    }

    private void Release(Chunk chunk)
    {
        if (chunk.Size < _state->Tail.ChunkSize || !FreeChunkList.TryPut(_state, chunk.Number, chunk.Size))
        {
            _read.Delete(chunk.Number);
        }
    }
}
