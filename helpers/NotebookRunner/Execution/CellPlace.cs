using NotebookRunner.Documents;

namespace NotebookRunner.Execution;

/// <summary>Where we are: the n-th code cell of a notebook, which is the number that a reader sees beside the cell; or the n-th of something else.</summary>
internal sealed record CellPlace(string File, int Number, int Count, string FirstLine, string What = "code cell")
{
    /// <summary>For instance <c>3/12</c>, padded so that a column of them lines up.</summary>
    internal string Fraction => $"{Number}/{Count}".PadLeft((2 * Count.ToString(System.Globalization.CultureInfo.InvariantCulture).Length) + 1);

    /// <inheritdoc/>
    public override string ToString() => $"{File}: {What} {Number} ({Shorten(FirstLine, 60)})";

    /// <summary>The place of one of the code cells that a notebook has to run.</summary>
    internal static CellPlace Of(IReadOnlyList<NotebookCell> runnableCells, int index, NotebookFile file) =>
        new(file.DisplayName, index + 1, runnableCells.Count, FirstLineOf(runnableCells[index]));

    /// <summary>The place of one of the solutions of a notebook's exercises.</summary>
    internal static CellPlace OfSolution(IReadOnlyList<Solution> solutions, int index, NotebookFile file) =>
        new(file.DisplayName, index + 1, solutions.Count, FirstLineOf(solutions[index].Code), "solution");

    /// <summary>The first line of a cell that says something.</summary>
    internal static string FirstLineOf(NotebookCell cell) => FirstLineOf(cell.Source);

    /// <inheritdoc cref="FirstLineOf(NotebookCell)"/>
    internal static string FirstLineOf(string source) => source.Trim().ReplaceLineEndings("\n").Split('\n')[0].Trim();

    /// <summary>Cuts a line to about this many characters, never through the middle of one.</summary>
    internal static string Shorten(string line, int length)
    {
        if (line.Length <= length)
            return line;
        int end = char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1;
        return string.Concat(line.AsSpan(0, end), "…");
    }
}
