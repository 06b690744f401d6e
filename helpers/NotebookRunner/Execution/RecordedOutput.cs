using System.Text;
using NotebookRunner.Documents;

namespace NotebookRunner.Execution;

/// <summary>One output of a cell, while it can still change: text that grows, or a value that is shown anew.</summary>
internal sealed class RecordedOutput
{
    // A builder, since a cell may print a million short lines.
    private readonly StringBuilder _text = new();
    private readonly string? _stream;
    private CellOutput? _output;

    private RecordedOutput(string? stream, CellOutput? output)
    {
        _stream = stream;
        _output = output;
        Size = new(SizeOf(output), 0, 1);
    }

    /// <summary>How much it is.</summary>
    internal OutputBounds Size { get; private set; }

    /// <summary>What names the value that it shows, if that can be shown anew.</summary>
    internal string? DisplayId { get; init; }

    /// <summary>Whether it says why the cell has failed.</summary>
    internal bool IsError => _output is ErrorOutput;

    /// <summary>Text that one stream prints.</summary>
    internal static RecordedOutput OfStream(string name) => new(name, null);

    /// <summary>Anything else.</summary>
    internal static RecordedOutput Of(CellOutput output, string? displayId = null) => new(null, output) { DisplayId = displayId };

    /// <summary>Whether it is text of this stream.</summary>
    internal bool IsStream(string name) => _stream == name;

    /// <summary>Goes on with the text.</summary>
    internal void Append(ReadOnlySpan<char> text)
    {
        _text.Append(text);
        Size += new OutputBounds(text.Length, text.Count('\n'), 0);
    }

    /// <summary>Shows a value anew.</summary>
    internal void Replace(CellOutput output)
    {
        _output = output;
        Size = Size with { Characters = SizeOf(output) };
    }

    /// <summary>As a notebook has it.</summary>
    internal CellOutput ToOutput() => _output ?? new StreamOutput(_stream!, _text.ToString());

    /// <summary>The beginning, up to the last line that fits whole; of a line that is longer than all, as much as fits.</summary>
    /// <returns>Null if nothing fits.</returns>
    internal RecordedOutput? First(OutputBounds bounds)
    {
        if (Size.FitsIn(bounds))
            return this;
        if (_stream is null || bounds.Outputs < 1)
            return null;
        string text = _text.ToString(0, (int)Math.Min(_text.Length, bounds.Characters));
        int end = 0;
        for (long lines = 0; lines < bounds.Lines && text.IndexOf('\n', end) is var at and >= 0; lines++)
            end = at + 1;
        if (end == 0 && bounds.Lines > 0)
            end = text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
        return Part(text.AsSpan(0, end));
    }

    /// <summary>The end, from the first line that fits whole; of a line that is longer than all, as much as fits.</summary>
    /// <returns>Null if nothing fits.</returns>
    internal RecordedOutput? Last(OutputBounds bounds)
    {
        if (Size.FitsIn(bounds))
            return this;
        if (_stream is null || bounds.Outputs < 1)
            return null;
        int start = (int)Math.Max(0, _text.Length - bounds.Characters);
        string text = _text.ToString(start, _text.Length - start);
        // The last line may have no end yet.
        int begin = text.Length;
        bool isUnfinished = text.Length > 0 && text[^1] != '\n';
        for (long lines = isUnfinished ? -1 : 0; lines < bounds.Lines && begin > 0; lines++)
        {
            int previous = begin < 2 ? -1 : text.LastIndexOf('\n', begin - (begin == text.Length && isUnfinished ? 1 : 2));
            if (previous < 0 && start > 0)
                break;
            begin = previous + 1;
        }

        if (begin == text.Length && bounds.Lines > 0)
            begin = text.Length > 0 && char.IsLowSurrogate(text[0]) ? 1 : 0;
        return Part(text.AsSpan(begin));
    }

    private RecordedOutput? Part(ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
            return null;
        RecordedOutput part = OfStream(_stream!);
        part.Append(text);
        return part;
    }

    private static long SizeOf(CellOutput? output) => output switch
    {
        DataOutput data => data.Data.Sum(form => (long)form.Value.Length),
        ErrorOutput error => error.Message.Length + error.Traceback.Sum(line => (long)line.Length),
        _ => 0,
    };
}
