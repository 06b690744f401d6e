using System.Text;
using NotebookRunner.Documents;

namespace NotebookRunner.Handouts.Terminals;

/// <summary>
/// Puts together what a stream printed in pieces. Tools store a piece whenever something was there to be read, so that a line, a progress bar or an
/// escape sequence may begin in one and end in the next, with the other stream or a figure in between.
/// </summary>
internal sealed class StreamBlocks
{
    private readonly List<(CellOutput Output, StringBuilder? Text)> _blocks = [];
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    private StreamBlocks()
    {
    }

    /// <summary>The outputs of a cell, with one output for each piece of a stream that can be read by itself.</summary>
    internal static IReadOnlyList<CellOutput> Join(IReadOnlyList<CellOutput> outputs)
    {
        if (outputs.OfType<StreamOutput>().Skip(1).FirstOrDefault() is null)
            return outputs;
        var blocks = new StreamBlocks();
        foreach (CellOutput output in outputs)
            blocks.Add(output);
        return [.. blocks._blocks.Select(block => block.Text is null ? block.Output : (StreamOutput)block.Output with { Text = block.Text.ToString() })];
    }

    private void Add(CellOutput output)
    {
        if (output is not StreamOutput stream)
        {
            _blocks.Add((output, null));
            return;
        }

        string text = stream.Text;
        if (_last.TryGetValue(stream.Name, out int last))
        {
            StringBuilder before = _blocks[last].Text!;
            if (last == _blocks.Count - 1)
            {
                before.Append(text);
                return;
            }

            int length = LengthThatBelongsTo(before, text, isOnlyText: _blocks.Skip(last + 1).All(block => block.Text is not null));
            before.Append(text, 0, length);
            text = text[length..];
            if (text.Length == 0)
                return;
            // A colour stays until another is chosen.
            text = StyleAfter(before).ToSequence() + text;
        }

        _last[stream.Name] = _blocks.Count;
        _blocks.Add((stream, new StringBuilder(text)));
    }

    /// <summary>The part of a piece that ends what the piece before it began.</summary>
    private static int LengthThatBelongsTo(StringBuilder before, string text, bool isOnlyText)
    {
        if (before.Length == 0 || before[^1] == '\n')
            return 0;
        string tail = before.ToString(Math.Max(0, before.Length - 4096), Math.Min(4096, before.Length));
        int begun = EscapeSequence.UnfinishedLength(tail);
        int sequence = begun == 0 ? 0 : Math.Max(0, EscapeSequence.At(tail[^begun..] + text, 0).Length - begun);
        if (sequence == text.Length)
            return sequence;

        // Beside the other stream a line is one line. Beside a figure it was printed before or after it, unless it takes the place of what stood there.
        bool isReplaced = tail[^1] is '\r' or '\b' || text[sequence] is '\r' or '\b' or '\n';
        if (!isOnlyText && !isReplaced)
            return sequence;
        int end = text.IndexOf('\n', sequence);
        return end < 0 ? text.Length : end + 1;
    }

    private static TerminalStyle StyleAfter(StringBuilder before)
    {
        string text = before.ToString();
        TerminalStyle style = default;
        for (int i = 0; (i = text.IndexOf('\u001b', i)) >= 0; i++)
        {
            if (EscapeSequence.At(text, i) is { Success: true } sequence && sequence.Groups["final"].Value == "m")
                style = style.Select(sequence.Groups["parameters"].Value);
        }

        return style;
    }
}
