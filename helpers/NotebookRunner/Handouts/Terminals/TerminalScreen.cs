using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace NotebookRunner.Handouts.Terminals;

/// <summary>A terminal that never scrolls: what was written to it stays until something is written in its place. A progress bar is left with its last state.</summary>
internal sealed class TerminalScreen
{
    // Further right than any window: "999 columns to the right" means its edge.
    private const int MaxColumn = 500;

    private static readonly Cell Space = new(new Rune(' '), 0);

    private readonly List<List<Cell>> _lines = [[]];
    private int _row;
    private int _column;

    // A cell has the number of its style: there may be millions of cells.
    private readonly List<TerminalStyle> _styles = [default];
    private int _style;

    // A few characters can ask for a line of spaces, and again.
    private int _padding = 1_000_000;

    internal void Write(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            switch (text[i])
            {
                case '\n':
                    _column = 0;
                    if (++_row == _lines.Count)
                        _lines.Add([]);
                    i++;
                    break;
                case '\r':
                    _column = 0;
                    i++;
                    break;
                case '\b':
                    _column = Math.Max(0, _column - 1);
                    i++;
                    break;
                case '\u001b' or '\u009b' when EscapeSequence.At(text, i) is { Success: true } sequence:
                    if (sequence.Groups["final"].Success && sequence.Groups["between"].Length == 0)
                        Obey(sequence.Groups["final"].Value[0], sequence.Groups["parameters"].Value);
                    i += sequence.Length;
                    break;
                default:
                    Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int length);
                    Put(rune);
                    i += length;
                    break;
            }
        }
    }

    /// <summary>What there is to see.</summary>
    internal TerminalText Read()
    {
        var text = new StringBuilder();
        List<TerminalRun> runs = [];
        int style = 0;
        for (int row = 0; row < _lines.Count; row++)
        {
            if (row > 0)
                text.Append('\n');
            foreach (Cell cell in _lines[row])
            {
                if (cell.Style != style)
                    runs.Add(new TerminalRun(text.Length, _styles[style = cell.Style]));
                text.Append(cell.Rune);
            }
        }

        return new TerminalText(text.ToString(), runs);
    }

    private void Put(Rune rune)
    {
        List<Cell> line = _lines[_row];
        int missing = Math.Min(_column - line.Count, _padding);
        for (int i = 0; i < missing; i++)
            line.Add(Space);
        _padding -= Math.Max(0, missing);
        var cell = new Cell(rune, _style);
        if (_column < line.Count)
            line[_column] = cell;
        else
            line.Add(cell);
        _column++;
    }

    private void Obey(char command, string parameters)
    {
        int number = int.TryParse(parameters, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? Math.Min(given, 1_000_000) : 0;
        int steps = Math.Max(1, number);
        switch (command)
        {
            case 'm' when parameters.All(c => c <= ';'):
                Choose(_styles[_style].Select(parameters));
                break;
            case 'A' or 'F':
                _row = Math.Max(0, _row - steps);
                _column = command == 'F' ? 0 : _column;
                break;
            case 'B' or 'E':
                _row = Math.Min(_lines.Count - 1, _row + steps);
                _column = command == 'E' ? 0 : _column;
                break;
            case 'C':
                _column = Math.Max(_column, Math.Min(MaxColumn, _column + steps));
                break;
            case 'D':
                _column = Math.Max(0, _column - steps);
                break;
            case 'G':
                _column = Math.Min(MaxColumn, steps - 1);
                break;
            case 'K':
                EraseInLine(number);
                break;
            // Erasing the whole screen stays without effect: a reader of paper wants to see what was there.
            case 'J' when number == 0:
                EraseInLine(0);
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                break;
        }
    }

    private void EraseInLine(int part)
    {
        List<Cell> line = _lines[_row];
        int end = Math.Min(_column, line.Count);
        if (part == 2)
            line.Clear();
        else if (part == 1)
            CollectionsMarshal.AsSpan(line)[..end].Fill(Space);
        else
            line.RemoveRange(end, line.Count - end);
    }

    private void Choose(TerminalStyle style)
    {
        if (style == default)
        {
            _style = 0;
        }
        else if (style != _styles[_style])
        {
            _style = _styles.Count;
            _styles.Add(style);
        }
    }

    private readonly record struct Cell(Rune Rune, int Style);
}
