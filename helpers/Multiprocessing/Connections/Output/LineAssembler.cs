using System.Text;

namespace Multiprocessing.Connections.Output;

/// <summary>
/// Collects text until a line is whole, so that the lines of several processes never mix; what stays unfinished for a moment is passed on as it is.
/// Thread-safe.
/// </summary>
internal sealed class LineAssembler : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _unfinished = new();
    private readonly Action<string> _deliver;
    private readonly Action _write;
    private readonly TimeSpan _patience;
    private Timer? _timer;

    /// <param name="deliver">Takes what is to be passed on, without writing it.</param>
    /// <param name="write">Writes what was taken; for the timer, which holds no lock by then.</param>
    /// <param name="patience">How long an unfinished line waits for its rest.</param>
    public LineAssembler(Action<string> deliver, Action write, TimeSpan patience)
    {
        _deliver = deliver;
        _write = write;
        _patience = patience;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            int end = text.LastIndexOf('\n') + 1;
            if (end > 0)
            {
                string lines = _unfinished.Append(text[..end]).ToString();
                _unfinished.Clear();
                _deliver(lines);
            }

            if (end < text.Length)
            {
                _unfinished.Append(text[end..]);
                (_timer ??= MakeTimer()).Change(_patience, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Passes on what is unfinished.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_unfinished.Length > 0)
            {
                string rest = _unfinished.ToString();
                _unfinished.Clear();
                _deliver(rest);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
        }

        Flush();
    }

    private Timer MakeTimer()
    {
        // The timer's thread must not write into the cell that happened to print.
        using (ExecutionContext.SuppressFlow())
        {
            return new Timer(_ =>
            {
                Flush();
                _write();
            });
        }
    }
}
