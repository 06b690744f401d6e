namespace NotebookRunner.Kernels.Embedded.Input;

/// <summary>Console.In: each line is asked for when the caller's cell reads it. Console synchronizes the calls.</summary>
internal sealed class CellInput : TextReader
{
    private RunningCell? _cell;
    private string _text = "";
    private int _at;

    /// <inheritdoc/>
    public override int Peek() => IsOfThisCell() && _at < _text.Length ? _text[_at] : -1;

    /// <inheritdoc/>
    public override int Read() => TryFill() ? _text[_at++] : -1;

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (count == 0 || !TryFill())
            return 0;
        int length = Math.Min(count, _text.Length - _at);
        _text.CopyTo(_at, buffer, index, length);
        _at += length;
        return length;
    }

    /// <inheritdoc/>
    public override string? ReadLine()
    {
        if (!TryFill())
            return null;
        int end = _text.IndexOf('\n', _at);
        string line = _text[_at..end];
        _at = end + 1;
        return line.TrimEnd('\r');
    }

    // What a cell has left unread is not for the next one.
    private bool IsOfThisCell() => _cell == (RunningCell.Current ?? CellOutput.Running);

    private bool TryFill()
    {
        if (IsOfThisCell() && _at < _text.Length)
            return true;
        _cell = RunningCell.Current ?? CellOutput.Running;
        (_text, _at) = ("", 0);
        if (_cell?.Inputs.ReadLine(_cell) is not { } line)
            return false;
        _text = line + "\n";
        return true;
    }
}
