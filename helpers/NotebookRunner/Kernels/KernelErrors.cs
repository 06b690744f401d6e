using System.Text;
using NotebookRunner.Kernels.Embedded;

namespace NotebookRunner.Kernels;

/// <summary>
/// A kernel's stderr: what native code and child processes of its cells write, the marks of <see cref="ErrorMarks"/>, and, when it dies, what its runtime has to say.
/// </summary>
/// <param name="isMark">Whether a text between two zeros is a mark.</param>
/// <param name="onText">Takes what belongs to the cells; null if nobody can tell.</param>
internal sealed class KernelErrors(Func<string, bool> isMark, Action<string>? onText)
{
    private const int MaxMark = 100;
    private const int MaxHeld = 1 << 20;

    // A mark that somebody has taken away must not keep the cell from ending.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly LastLines _lastLines = new();
    private readonly Dictionary<string, Action> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _ready = new();

    // What may be the report of the kernel's own death, or of a child's; the next mark tells.
    private readonly StringBuilder _held = new();
    private StringBuilder? _mark;
    private int _lineStart;
    private bool _hasReturned;
    private bool _hasEnded;

    /// <summary>The last lines so far.</summary>
    public IReadOnlyList<string> LastLines => _lastLines.Snapshot();

    /// <summary>Reads to the end.</summary>
    public async Task ReadAsync(TextReader reader)
    {
        char[] buffer = new char[1 << 14];
        while (await reader.ReadAsync(buffer) is var read and > 0)
        {
            for (var rest = buffer.AsMemory(0, read); rest.Length > 0;)
                rest = rest[Take(rest.Span)..];
            PassOn();
        }

        EndLine();
        PassOn();
        End();
    }

    /// <summary>Does something when a mark has come by, and with it all that was written before it.</summary>
    public void After(string mark, Action action)
    {
        lock (_gate)
        {
            if (!_seen.Remove(mark) && !_hasEnded)
            {
                _waiting[mark] = action;
                _ = Task.Delay(Patience).ContinueWith(_ => Expire(mark), TaskScheduler.Default);
                return;
            }
        }

        action();
    }

    /// <returns>How many characters it has taken.</returns>
    private int Take(ReadOnlySpan<char> text)
    {
        if (_mark is not null)
            return TakeMark(text);
        int end = text.IndexOf('\0');
        AddLines(end < 0 ? text : text[..end]);
        if (end < 0)
            return text.Length;
        _mark = new StringBuilder();
        return end + 1;
    }

    private int TakeMark(ReadOnlySpan<char> text)
    {
        int end = text.IndexOf('\0');
        int length = Math.Min(end < 0 ? text.Length : end, MaxMark + 1);
        _mark!.Append(text[..length]);
        if (end == length && isMark(_mark.ToString()))
        {
            string mark = _mark.ToString();
            _mark = null;
            // The kernel lives, and what it has passed on tells nothing about its end any more.
            PassAll();
            _lastLines.Clear();
            Release(mark);
            return length + 1;
        }

        if (_mark.Length > MaxMark || end == length)
        {
            // It was none. The second zero may be the first one of a mark.
            string other = $"\0{_mark}";
            _mark = null;
            AddLines(other);
        }

        return length;
    }

    private void AddLines(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            // A carriage return begins the line anew, as a progress bar does at each step, unless it belongs to the line's end.
            if (_hasReturned && text[0] != '\n')
                RestartLine();
            int end = text.IndexOfAny('\r', '\n');
            int length = end < 0 ? text.Length : end + 1;
            Add(text[..length]);
            _hasReturned = text[length - 1] == '\r';
            if (text[length - 1] == '\n')
                EndLine();
            text = text[length..];
        }
    }

    private void RestartLine()
    {
        _line.Clear();
        _lineStart = _ready.Length;
    }

    private void Add(ReadOnlySpan<char> text)
    {
        _line.Append(text[..Math.Min(text.Length, Kernels.LastLines.LongestLine - _line.Length)]);
        (_held.Length > 0 ? _held : _ready).Append(text);
        if (_held.Length > MaxHeld)
            PassAll();
    }

    private void EndLine()
    {
        string line = _line.ToString();
        _line.Clear();
        _lastLines.Add(line);
        if (_held.Length == 0 && CrashReport.BeginsWith(line))
        {
            _held.Append(_ready, _lineStart, _ready.Length - _lineStart);
            _ready.Length = _lineStart;
        }

        _lineStart = _ready.Length;
    }

    /// <summary>Passes on what is ready. A line that has just begun waits for its rest, if it may be the first one of a report.</summary>
    private void PassOn()
    {
        int length = _ready.Length <= MaxHeld && CrashReport.MayBeginWith(_line.ToString()) ? _lineStart : _ready.Length;
        if (length > 0)
            onText?.Invoke(_ready.ToString(0, length));
        _ready.Remove(0, length);
        _lineStart = Math.Max(0, _lineStart - length);
    }

    private void PassAll()
    {
        _ready.Append(_held);
        _held.Clear();
        if (_ready.Length > 0)
            onText?.Invoke(_ready.ToString());
        _ready.Clear();
        _lineStart = 0;
    }

    private void Release(string mark)
    {
        Action? action;
        lock (_gate)
        {
            if (!_waiting.Remove(mark, out action) && !_hasEnded)
                _seen.Add(mark);
        }

        action?.Invoke();
    }

    private void Expire(string mark)
    {
        Action? action;
        lock (_gate)
            _waiting.Remove(mark, out action);
        action?.Invoke();
    }

    private void End()
    {
        Action[] left;
        lock (_gate)
        {
            _hasEnded = true;
            left = [.. _waiting.Values];
            _waiting.Clear();
        }

        Array.ForEach(left, action => action());
    }
}
