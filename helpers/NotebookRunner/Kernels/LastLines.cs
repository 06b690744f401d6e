namespace NotebookRunner.Kernels;

/// <summary>The end of a stream of text: what a process said before it died. Of the report of a crash, the beginning.</summary>
internal sealed class LastLines
{
    private const int Capacity = 100;

    private readonly Queue<string> _lines = [];
    private bool _isCrash;

    /// <summary>Reads to the end of <paramref name="reader"/>.</summary>
    public async Task ReadAsync(TextReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            lock (_lines)
            {
                Add(line);
            }
        }
    }

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Snapshot()
    {
        lock (_lines)
            return [.. _lines];
    }

    private void Add(string line)
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
