using System.Text;

namespace NotebookRunner.Kernels.Embedded.Input;

/// <summary>What a console shows after the last end of a line. Of a very long one, the beginning.</summary>
internal sealed class UnfinishedLine
{
    private const int Capacity = 1000;

    private readonly StringBuilder _text = new();

    /// <summary>The line so far.</summary>
    public string Text => _text.ToString();

    /// <summary>Goes on with it.</summary>
    public void Add(string text)
    {
        int end = text.AsSpan().LastIndexOfAny('\n', '\r');
        if (end >= 0)
            _text.Clear();
        var rest = text.AsSpan(end + 1);
        _text.Append(rest[..Math.Min(rest.Length, Capacity - _text.Length)]);
    }
}
