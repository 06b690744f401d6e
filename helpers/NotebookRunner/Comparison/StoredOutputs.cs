using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Pictures;

namespace NotebookRunner.Comparison;

/// <summary>The outputs that a notebook had before it was run again.</summary>
internal static class StoredOutputs
{
    /// <summary>Puts them back where the new ones say the same, so that a run without changes is no change of the file.</summary>
    /// <param name="document">The notebook that was run, its outputs normalised.</param>
    /// <param name="before">The same notebook as it was stored.</param>
    internal static void Keep(NotebookDocument document, NotebookDocument before)
    {
        RunCell[] cells = [.. document.RunnableCells.Zip(before.RunnableCells, (cell, stored) => new RunCell(cell, stored))];
        // What one cell has measured another one shows, too, or speaks of it: measured numbers stay all of them, or none does.
        bool areNumbersKept = cells.Where(cell => cell.IsMeasured).All(cell => cell.SaysTheSame);
        foreach (RunCell cell in cells.Where(cell => cell.IsMeasured ? areNumbersKept : cell.SaysTheSame))
            cell.Restore();
    }

    /// <summary>Says in one line why the outputs cannot be stored; null if they can. Those of cells that were passed over are of another run, and would contradict the new ones or be lost.</summary>
    /// <inheritdoc cref="Keep"/>
    internal static string? FindObstacle(NotebookDocument document, NotebookDocument before)
    {
        (NotebookCell Cell, NotebookCell Stored)[] cells = [.. document.RunnableCells.Zip(before.RunnableCells)];
        int[] lost = [.. Enumerable.Range(0, cells.Length).Where(i => OptionalPackages.WasSkipped(cells[i].Cell.Outputs) && IsStored(cells[i].Stored))];
        if (lost.Length == 0)
            return null;
        string numbers = string.Join(", ", lost.Select(i => i + 1));
        return $"not stored, since the outputs of a notebook are those of one run, and {(lost.Length == 1 ? $"code cell {numbers} was" : $"code cells {numbers} were")} passed over "
            + $"({OptionalPackages.ReasonIn(cells[lost[0]].Cell.Outputs)}); run it where the packages can be restored";
    }

    private static bool IsStored(NotebookCell cell) => (cell.ExecutionCount is not null || cell.Outputs.Count > 0) && !OptionalPackages.WasSkipped(cell.Outputs);

    // How many lines an axis has depends on the numbers.
    private static IOrderedEnumerable<string> Markup(IReadOnlyList<CellOutput> outputs) => outputs.OfType<DataOutput>()
        .SelectMany(output => output.Data)
        .Where(content => content.Key is "text/html" or "image/svg+xml")
        .SelectMany(content => MeasuredText.WithoutNumbers(PicturePlace.Empty(content.Value)).Split('\n'))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    /// <summary>A cell that was run, and what it was before.</summary>
    private sealed class RunCell(NotebookCell cell, NotebookCell stored)
    {
        private readonly Relaxation _relaxation = Relaxation.Of(cell);

        internal bool IsMeasured => _relaxation.Timing is not null;

        internal bool SaysTheSame =>
            (!_relaxation.IsStrict || stored.Outputs.Any(PicturePlace.HasPicture))
            && !IsDrawnNow
            && OutputComparison.Find(stored.Outputs, cell.Outputs, _relaxation) is null
            // A chart that is drawn in another way now is a new one, though it says the same.
            && Markup(stored.Outputs).SequenceEqual(Markup(cell.Outputs));

        // A picture shows the figures of its own run.
        private bool IsDrawnNow => cell.Outputs.Any(PicturePlace.HasPicture) && !stored.Outputs.Any(PicturePlace.HasPicture);

        internal void Restore() => cell.Outputs =
            [.. stored.Outputs.Select(output => output is ResultOutput result ? result with { ExecutionCount = cell.ExecutionCount } : output)];
    }
}
