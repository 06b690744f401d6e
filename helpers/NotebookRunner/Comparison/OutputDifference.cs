namespace NotebookRunner.Comparison;

/// <summary>Where the outputs of a cell first differ from the committed ones.</summary>
/// <param name="Expected">The committed line; null if there is none.</param>
/// <param name="Actual">The new line; null if there is none.</param>
internal sealed record OutputDifference(OutputLine? Expected, OutputLine? Actual)
{
    private const int ExcerptLength = 120;
    private const int ContextLength = 30;

    /// <summary>Which number is out of its bounds, and what these are; null if something else differs.</summary>
    internal string? OutOfBounds { get; private init; }

    /// <summary>Which output, and which line of it.</summary>
    internal string Place
    {
        get
        {
            OutputLine line = (Expected ?? Actual)!;
            return line.Number == 0 ? line.Output : $"{line.Output}, line {line.Number}";
        }
    }

    /// <summary>Both lines, one below the other, from shortly before the place where they begin to differ.</summary>
    internal (string Expected, string Actual) Excerpts()
    {
        string expected = Expected?.Text ?? "";
        string actual = Actual?.Text ?? "";
        int same = expected.AsSpan().CommonPrefixLength(actual);
        int start = Math.Max(expected.Length, actual.Length) <= ExcerptLength ? 0 : Math.Max(0, same - ContextLength);
        return (Excerpt(Expected, start), Excerpt(Actual, start));
    }

    /// <summary>The lines that show the difference.</summary>
    internal IEnumerable<string> Describe()
    {
        var (expected, actual) = Excerpts();
        yield return $"expected: {expected}";
        yield return $"actual:   {actual}";
        if (OutOfBounds is not null)
            yield return $"bounds:   {OutOfBounds}";
    }

    /// <summary>The difference with what the bounds of measured numbers have to do with it.</summary>
    internal OutputDifference Explain(TimingBounds? bounds) => Expected is null || Actual is null
        ? this
        : this with { OutOfBounds = MeasuredText.Parse(Expected.Text, bounds).FindOutOfBounds(MeasuredText.Parse(Actual.Text, bounds), bounds) };

    private static string Excerpt(OutputLine? line, int start) => line switch
    {
        null => "(nothing)",
        { Text: "" } => "(an empty line)",
        _ => Visible(line.Text, start),
    };

    // Nothing that a cell has printed shall act on the terminal of whoever checks it.
    private static string Visible(string text, int start)
    {
        string excerpt = Execution.CellPlace.Shorten(text[start..], ExcerptLength);
        string visible = string.Concat(excerpt.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
        return start > 0 ? $"…{visible}" : visible;
    }
}
