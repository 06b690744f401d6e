using NotebookRunner.Documents;

namespace NotebookRunner.Execution;

/// <summary>The outputs of one cell as they come. Of more than <see cref="OutputBounds.Whole"/> the beginning and the end are kept, with a sentence between them; of errors, all.</summary>
internal sealed class RecordedOutputs
{
    private static readonly OutputBounds Slack = OutputBounds.End + OutputBounds.End;

    private readonly Dictionary<string, RecordedOutput> _displays = new(StringComparer.Ordinal);
    private List<RecordedOutput> _outputs = [];

    // The beginning, and the errors in what was left out. Null while everything is kept.
    private List<RecordedOutput>? _head;
    private List<RecordedOutput> _errors = [];
    private OutputBounds _headSize;
    private OutputBounds _size;
    private OutputBounds _total;

    /// <summary>Whether something has been left out.</summary>
    internal bool IsCut => _head is not null;

    /// <summary>Adds text.</summary>
    internal void AddText(string stream, string text)
    {
        if (text.Length == 0)
            return;
        if (_outputs.Count == 0 || !_outputs[^1].IsStream(stream))
            Append(RecordedOutput.OfStream(stream));
        OutputBounds before = _outputs[^1].Size;
        _outputs[^1].Append(text);
        Grow(_outputs[^1].Size - before);
    }

    /// <summary>Adds any other output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="displayId">What names it, if it can be shown anew.</param>
    internal void Add(CellOutput output, string? displayId = null)
    {
        RecordedOutput recorded = RecordedOutput.Of(output, displayId);
        if (displayId is not null)
            _displays[displayId] = recorded;
        Append(recorded);
    }

    /// <summary>Shows a value anew in its place.</summary>
    /// <returns>False if it is not among the outputs.</returns>
    internal bool TryUpdate(string displayId, DisplayOutput output)
    {
        if (!_displays.TryGetValue(displayId, out RecordedOutput? shown))
            return false;
        OutputBounds before = shown.Size;
        shown.Replace(output);
        // Which outputs there are does not depend on what becomes of one of them.
        if (!(_headSize + _size + shown.Size - before).FitsIn(OutputBounds.Whole))
            shown.Replace(shown.Size.ToValueNote());
        OutputBounds growth = shown.Size - before;
        _total += growth;
        if (_head?.Contains(shown) == true)
            _headSize += growth;
        else
            _size += growth;
        return true;
    }

    /// <summary>Forgets all, in favour of one output.</summary>
    internal void ReplaceAll(CellOutput output)
    {
        _displays.Clear();
        (_outputs, _head, _errors) = ([], null, []);
        (_headSize, _size, _total) = (default, default, default);
        Add(output);
    }

    /// <summary>As a notebook has them.</summary>
    internal IReadOnlyList<CellOutput> ToOutputs()
    {
        if (_head is null)
            return [.. _outputs.Select(output => output.ToOutput())];
        KeepEnd(OutputBounds.End);
        OutputBounds leftOut = _errors.Aggregate(_total - _headSize - _size, (left, error) => left - error.Size);
        return
        [
            .. _head.Select(output => output.ToOutput()),
            leftOut.ToNote(),
            .. _errors.Concat(_outputs).Select(output => output.ToOutput()),
        ];
    }

    private void Append(RecordedOutput output)
    {
        _outputs.Add(output);
        Grow(output.Size);
    }

    private void Grow(OutputBounds growth)
    {
        _size += growth;
        _total += growth;
        if (_head is null && !_total.FitsIn(OutputBounds.Whole))
            Cut();
        if (_head is not null && !_size.FitsIn(Slack))
            KeepEnd(OutputBounds.End);
    }

    private void Cut()
    {
        _head = [];
        OutputBounds left = OutputBounds.End;
        foreach (RecordedOutput output in _outputs)
        {
            if (output.First(left) is { } first)
            {
                _head.Add(first);
                left -= first.Size;
                if (first == output)
                    continue;
            }

            break;
        }

        _headSize = OutputBounds.End - left;
        // What of them is no part of the head, in one piece with it or cut off, is what the end begins with.
        int whole = _outputs.TakeWhile(_head.Contains).Count();
        _outputs.RemoveRange(0, whole);
        _size = _total - _headSize;
    }

    private void KeepEnd(OutputBounds bounds)
    {
        List<RecordedOutput> end = [];
        OutputBounds left = bounds;
        int at = _outputs.Count - 1;
        for (; at >= 0; at--)
        {
            if (_outputs[at].Last(left) is not { } last)
                break;
            end.Add(last);
            left -= last.Size;
            if (last != _outputs[at])
                break;
        }

        for (; at >= 0; at--)
            LeaveOut(_outputs[at]);
        end.Reverse();
        _outputs = end;
        _size = bounds - left;
    }

    private void LeaveOut(RecordedOutput output)
    {
        if (output.DisplayId is { } id)
            _displays.Remove(id);
        if (output.IsError)
            _errors.Add(output);
    }
}
