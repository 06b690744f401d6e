using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Connections;
using Multiprocessing.Memory;
using Multiprocessing.Queues;
using Multiprocessing.Serialization;

namespace Multiprocessing.Dictionaries;

/// <summary>A dictionary as this process sees it, whatever its keys and values are: bytes. One for all objects of this process. Thread-safe and process-safe.</summary>
/// <remarks>
/// Who changes it has the lock of its segment; who reads does not. Whoever has the lock may be killed: a change is one store (<see cref="DictionaryTable"/>, <see cref="DictionaryState.Table"/>), and what the next one that has the lock repairs are counts, and files that nobody needs.
/// </remarks>
internal sealed unsafe class DictionaryCore
{
    private readonly Segment _segment;
    private readonly DictionaryState* _state;
    private readonly SharedLock _gate;
    private readonly ChunkFiles _files;
    private DictionaryTable? _table;

    private DictionaryCore(Segment segment, SerializationContext context)
    {
        _segment = segment;
        _state = (DictionaryState*)segment.Data;
        _gate = new SharedLock((LockState*)segment.Lock, segment);
        _files = new ChunkFiles(segment);
        Assemblies = new QueueAssemblies(segment, context);
        Context = context;
    }

    /// <summary>What this process packs and rebuilds values by.</summary>
    public SerializationContext Context { get; }

    /// <summary>The assemblies that values need.</summary>
    public QueueAssemblies Assemblies { get; }

    /// <summary>The shared objects in values.</summary>
    public SentObjects Sent { get; } = new();

    /// <summary>How many entries there are.</summary>
    public int Count
    {
        get
        {
            DictionaryTable? table = Use();
            int count = table?.Count ?? 0;
            table?.Leave();
            return count;
        }
    }

    /// <summary>Makes a dictionary in a segment of its own, of which the caller is the user.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static Segment Create(SharedMemory memory) => memory.Create(sizeof(DictionaryState));

    public static DictionaryCore Of(Segment segment, SerializationContext context) => segment.Attachment(segment => new DictionaryCore(segment, context));

    /// <summary>The table of this moment, which stays mapped until the caller leaves it; null: there is no entry.</summary>
    /// <exception cref="ObjectDisposedException">The dictionary is gone.</exception>
    public DictionaryTable? Use()
    {
        while (true)
        {
            DictionaryTable? table = Current();
            if (table is null || table.TryUse())
            {
                GC.KeepAlive(this);
                return table;
            }
        }
    }

    /// <summary>Puts an entry.</summary>
    /// <param name="key">The key's bytes.</param>
    /// <param name="hash">Their hash.</param>
    /// <param name="value">The value's bytes.</param>
    /// <param name="kind">What they are.</param>
    /// <param name="condition">When.</param>
    /// <param name="version">The version, if that is the condition.</param>
    /// <param name="cancellationToken">Ends the waiting for the lock.</param>
    /// <returns>Whether it was put.</returns>
    /// <exception cref="IOException">There is no room.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The dictionary is gone.</exception>
    public bool TryPut(ReadOnlySpan<byte> key, uint hash, ReadOnlySpan<byte> value, RecordKind kind, PutCondition condition, long version, CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        DictionaryTable? table = null;
        try
        {
            int slot = -1;
            table = Use();
            DictionaryEntry* entry = table is null ? null : table.Find(key, hash, out slot);
            if ((condition == PutCondition.IfAbsent && entry is not null) || (condition == PutCondition.IfUnchanged && (entry is null || entry->Version != version)))
            {
                return false;
            }

            long size = DictionaryEntry.SizeOf(key.Length, value.Length);
            if (table is null || !table.HasRoom(size, slot))
            {
                Replace(ref table, size);
                table.Find(key, hash, out slot);
            }

            table.Put(slot, hash, ++_state->LastVersion, key, kind, value);
            return true;
        }
        finally
        {
            table?.Leave();
            _gate.Exit();
        }
    }

    /// <summary>Removes an entry.</summary>
    /// <param name="key">The key's bytes.</param>
    /// <param name="hash">Their hash.</param>
    /// <param name="version">The version that it must still have.</param>
    /// <param name="cancellationToken">Ends the waiting for the lock.</param>
    /// <returns>Whether it was removed.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The dictionary is gone.</exception>
    public bool TryRemove(ReadOnlySpan<byte> key, uint hash, long version, CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        DictionaryTable? table = null;
        try
        {
            table = Use();
            int slot = -1;
            DictionaryEntry* entry = table is null ? null : table.Find(key, hash, out slot);
            if (entry is null || entry->Version != version)
            {
                return false;
            }

            table!.Remove(slot);
            return true;
        }
        finally
        {
            table?.Leave();
            _gate.Exit();
        }
    }

    /// <summary>Removes all entries.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The dictionary is gone.</exception>
    public void Clear(CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        try
        {
            Publish(0);
            Unmap();
            DeletePrevious();
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Does something with each entry, while nothing changes.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The dictionary is gone.</exception>
    public void ForEach(DictionaryTable.EntryAction action, CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        DictionaryTable? table = null;
        try
        {
            table = Use();
            table?.ForEach(action);
        }
        finally
        {
            table?.Leave();
            _gate.Exit();
        }
    }

    /// <summary>Gives back the memory of the entries as far as nobody uses it at this moment. It is mapped again when it is needed.</summary>
    public void Unmap() => Interlocked.Exchange(ref _table, null)?.Unmap();

    /// <summary>The table of this moment, which whoever is faster may unmap: <see cref="Use"/> keeps it mapped, for who has the lock as well, since readers without it put a newer table in its place here.</summary>
    private DictionaryTable? Current()
    {
        while (true)
        {
            if (_segment.IsClosed)
            {
                throw SegmentParts.Gone();
            }

            int number = Volatile.Read(ref _state->Table);
            DictionaryTable? known = Volatile.Read(ref _table);
            if (known?.Number == number)
            {
                return known;
            }

            if (number == 0)
            {
                // Cleared: the memory of what was in it goes back.
                if (known is not null && Interlocked.CompareExchange(ref _table, null, known) == known)
                {
                    known.Unmap();
                }

                return null;
            }

            if (_files.TryOpen(number) is { } file)
            {
                Keep(new DictionaryTable(number, file));
                continue;
            }

            // It has been replaced just now; unless all of it is gone.
            if (number == Volatile.Read(ref _state->Table) && Segment.Locate(_segment.Path) is null)
            {
                throw SegmentParts.Gone();
            }
        }
    }

    /// <summary>Keeps a table for all that use the dictionary here, unless there is one that is not older: numbers never go back, and of two that opened the same one the first gives it to both.</summary>
    private void Keep(DictionaryTable table)
    {
        DictionaryTable? known = Volatile.Read(ref _table);
        while (known is null || known.Number < table.Number)
        {
            DictionaryTable? before = Interlocked.CompareExchange(ref _table, table, known);
            if (before == known)
            {
                known?.Unmap();
                return;
            }

            known = before;
        }

        table.Unmap();
    }

    /// <summary>Puts a table with more room in the place of one, of which the caller has the use and then that of the new one.</summary>
    private void Replace([NotNull] ref DictionaryTable? table, long more)
    {
        // The number first: a dead one's table may be there.
        int number = ++_state->LastTable;
        DictionaryTable made = DictionaryTable.Make(number, table, more, _files.Create);
        made.TryUse();
        table?.Leave();
        table = made;
        Publish(number);
        Keep(made);
        DeletePrevious();
    }

    /// <summary>Puts another table in the place of the one that there is, which is to be deleted: after it has been unmapped here, as Windows wants it.</summary>
    private void Publish(int number)
    {
        _state->Previous = _state->Table;
        Volatile.Write(ref _state->Table, number);
    }

    private void DeletePrevious()
    {
        if (_state->Previous != 0 && _state->Previous != _state->Table)
        {
            _files.Delete(_state->Previous);
        }

        _state->Previous = 0;
    }

    /// <summary>Enters the lock. Who has it copies some bytes, and at times a table; unless it was suspended, for which reason the waiting can be cancelled.</summary>
    private void Enter(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Cancellation cancellation = new(cancellationToken, Context.Notebook.Stop);
        bool wasAbandoned;
        while (!_gate.TryEnter(out wasAbandoned) && !_gate.TryEnter(WaitDeadline.Never.NextSlice, out wasAbandoned))
        {
            cancellation.ThrowIfRequested();
            if (_segment.IsClosed)
            {
                throw SegmentParts.Gone();
            }
        }

        if (wasAbandoned)
        {
            try
            {
                Repair();
            }
            catch
            {
                _gate.Exit();
                throw;
            }
        }
    }

    private void Repair()
    {
        DictionaryTable? table = Use();
        try
        {
            DeletePrevious();
            if (_state->LastTable != _state->Table)
            {
                // It was not ready.
                _files.Delete(_state->LastTable);
            }

            table?.Recount();
        }
        finally
        {
            table?.Leave();
        }
    }
}
