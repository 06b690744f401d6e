using System.Diagnostics;
using System.Text;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Sends events, and what we ask of the client, in order, on a thread of its own. Text that arrives while a line is on its way goes out as one
/// event: output is live, and a flood of short lines is still cheap.
/// </summary>
internal sealed class EventWriter
{
    /// <summary>How many characters may wait to be sent. A cell that puts out more than the client reads waits, rather than fill the memory.</summary>
    private const int MaxPending = 1 << 20;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(2);

    private readonly object _gate = new();
    private readonly Stream _stream;
    private readonly Thread _thread;
    private readonly Dictionary<string, int> _updates = new(StringComparer.Ordinal);
    private List<PendingLine> _pending = [];
    private long _pendingSize;
    private bool _isWriting;
    private volatile bool _isClosed;

    /// <summary>Writes to <paramref name="stream"/>.</summary>
    public EventWriter(Stream stream)
    {
        _stream = stream;
        _thread = new Thread(WritePending) { IsBackground = true, Name = "events" };
        _thread.UnsafeStart();
    }

    /// <summary>
    /// Waits until there is room for what a cell puts out. Before it is posted, and without a lock: a cell that is stopped is interrupted while it waits.
    /// </summary>
    /// <param name="isOver">Whether the cell is to wait no longer.</param>
    /// <returns>False if it was over before there was room.</returns>
    public bool WaitForRoom(Func<bool> isOver)
    {
        while (Interlocked.Read(ref _pendingSize) > MaxPending && !_isClosed)
        {
            if (isOver())
                return false;
            Thread.Sleep(Slice);
        }

        return true;
    }

    /// <summary>Sends an event after everything posted before.</summary>
    public void Post(EventEnvelope envelope) => Enqueue(() => Add(new PendingEvent(envelope, null)));

    /// <summary>Sends another form of a value that is shown; only the newest, if there are others that have not been sent yet.</summary>
    public void PostUpdate(EventEnvelope envelope) => Enqueue(() =>
    {
        string id = envelope.Event?.ValueId ?? "";
        var update = new PendingEvent(envelope, null);
        if (!_updates.TryGetValue(id, out int place))
        {
            _updates[id] = _pending.Count;
            Add(update);
            return;
        }

        Interlocked.Add(ref _pendingSize, update.Size - _pending[place].Size);
        _pending[place] = update;
    });

    /// <summary>Sends a command to the client after everything posted before.</summary>
    public void PostCommand(CommandEnvelope command) => Enqueue(() => Add(new PendingCommand(command)));

    /// <summary>Sends text of a cell after everything posted before.</summary>
    /// <param name="envelope">The event, without the text.</param>
    /// <param name="text">The text.</param>
    public void PostText(EventEnvelope envelope, string text) => Enqueue(() =>
    {
        if (_pending is [.., PendingEvent { Text: { } builder, Envelope: var last }] && builder.Length + text.Length <= OutputLimits.Piece && last == envelope)
        {
            builder.Append(text);
            Interlocked.Add(ref _pendingSize, text.Length);
        }
        else
        {
            Add(new PendingEvent(envelope, new StringBuilder(text)));
        }
    });

    /// <summary>Waits until what was posted before has been sent; not if it never will be, since nobody reads any more.</summary>
    public void Flush(TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (!_isClosed && (_pending.Count > 0 || _isWriting) && patience - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
                Monitor.Wait(_gate, left);
        }
    }

    /// <summary>Sends what is pending, and no more.</summary>
    public void Close(TimeSpan patience)
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join(patience);
    }

    private void Add(PendingLine line)
    {
        _pending.Add(line);
        Interlocked.Add(ref _pendingSize, line.Size);
    }

    private void Enqueue(Action add)
    {
        lock (_gate)
        {
            if (!_isClosed)
                add();
            Monitor.PulseAll(_gate);
        }
    }

    private void WritePending()
    {
        try
        {
            while (Take() is { Count: > 0 } lines)
            {
                foreach (var pending in lines)
                {
                    AsciiJson.Write(_stream, pending.ToJson());
                    _stream.WriteByte((byte)'\n');
                }

                _stream.Flush();
            }
        }
        catch (IOException)
        {
            // The client is gone; the end of our input will tell the rest of us. Nobody shall wait for room any more.
            lock (_gate)
            {
                _isClosed = true;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private List<PendingLine> Take()
    {
        lock (_gate)
        {
            _isWriting = false;
            Monitor.PulseAll(_gate);
            while (_pending.Count == 0 && !_isClosed)
                Monitor.Wait(_gate);
            _isWriting = true;
            var lines = _pending;
            _pending = [];
            _updates.Clear();
            Interlocked.Exchange(ref _pendingSize, 0);
            return lines;
        }
    }
}
