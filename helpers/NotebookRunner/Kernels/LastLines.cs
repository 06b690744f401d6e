namespace NotebookRunner.Kernels;

/// <summary>The end of a stream of text: what a process said before it died. Of the report of a crash, the beginning.</summary>
internal sealed class LastLines
{
    /// <summary>The most characters of a line that are worth keeping.</summary>
    public const int LongestLine = 10_000;

    private const int Capacity = 100;

    private readonly Queue<string> _lines = [];
    private bool _isCrash;

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Snapshot()
    {
        lock (_lines)
            return [.. _lines];
    }

    /// <summary>Adds a line, unless it is blank.</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lines)
            AddNow(line.TrimEnd('\r', '\n'));
    }

    /// <summary>Forgets all lines.</summary>
    public void Clear()
    {
        lock (_lines)
        {
            _lines.Clear();
            _isCrash = false;
        }
    }

    private void AddNow(string line)
    {
        if (CrashReport.BeginsWith(line))
        {
            _lines.Clear();
            _isCrash = true;
        }

        if (_lines.Count == Capacity && _isCrash)
            return;
        if (_lines.Count == Capacity)
            _lines.Dequeue();
        _lines.Enqueue(line);
    }
}
