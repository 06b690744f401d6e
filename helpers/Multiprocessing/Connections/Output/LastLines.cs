namespace Multiprocessing.Connections.Output;

/// <summary>Remembers the end of a text, for the report on a process that died. Thread-safe.</summary>
internal sealed class LastLines
{
    private const int MostLines = 30;
    private const int LongestLine = 500;

    private readonly Lock _gate = new();
    private readonly LinkedList<string> _lines = new();
    private string _unfinished = "";

    public void Append(string text)
    {
        lock (_gate)
        {
            string[] parts = (_unfinished + text).Split('\n');
            _unfinished = Cut(parts[^1]);
            foreach (string line in parts.AsSpan(0, parts.Length - 1))
            {
                _lines.AddLast(Cut(line.TrimEnd('\r')));
                if (_lines.Count > MostLines)
                {
                    _lines.RemoveFirst();
                }
            }
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join('\n', _unfinished.Length > 0 ? _lines.Append(_unfinished) : _lines);
        }
    }

    private static string Cut(string line) => line.Length <= LongestLine ? line : string.Concat(line.AsSpan(0, LongestLine), "…");
}
