using System.Text;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Sends events, and what we ask of the client, in order, on a thread of its own. Text that arrives while a line is on its way goes out as one
/// event: output is live, and a flood of short lines is still cheap.
/// </summary>
internal sealed class EventWriter
{
    // A cell that writes faster than the client reads waits, rather than fill the memory.
    private const int MaxPendingText = 4 << 20;

    private readonly object _gate = new();
    private readonly Stream _stream;
    private readonly Thread _thread;
    private List<PendingLine> _pending = [];
    private int _pendingText;
    private bool _isClosed;

    /// <summary>Writes to <paramref name="stream"/>.</summary>
    public EventWriter(Stream stream)
    {
        _stream = stream;
        _thread = new Thread(WritePending) { IsBackground = true, Name = "events" };
        _thread.UnsafeStart();
    }

    /// <summary>Sends an event after everything posted before.</summary>
    public void Post(EventEnvelope envelope) => Enqueue(() => _pending.Add(new PendingEvent(envelope, null)));

    /// <summary>Sends a command to the client after everything posted before.</summary>
    public void PostCommand(CommandEnvelope command) => Enqueue(() => _pending.Add(new PendingCommand(command)));

    /// <summary>Sends text of a cell after everything posted before.</summary>
    /// <param name="envelope">The event, without the text.</param>
    /// <param name="text">The text.</param>
    public void PostText(EventEnvelope envelope, string text) => Enqueue(() =>
    {
        while (_pendingText > MaxPendingText && !_isClosed)
            Monitor.Wait(_gate);
        _pendingText += text.Length;
        if (_pending.LastOrDefault() is PendingEvent { Text: { } builder, Envelope: var last } && last == envelope)
            builder.Append(text);
        else
            _pending.Add(new PendingEvent(envelope, new StringBuilder(text)));
    });

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

    private void Enqueue(Action add)
    {
        // A cancelled cell is aborted wherever it happens to be, but never in a finally block: the list stays whole.
        try
        {
        }
        finally
        {
            lock (_gate)
            {
                add();
                Monitor.PulseAll(_gate);
            }
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
            while (_pending.Count == 0 && !_isClosed)
                Monitor.Wait(_gate);
            var lines = _pending;
            (_pending, _pendingText) = ([], 0);
            Monitor.PulseAll(_gate);
            return lines;
        }
    }
}
