using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Checks;

/// <summary>Whether the committed outputs are what the cells put out now.</summary>
internal static class OutputCheck
{
    /// <summary>The differences, in each the lines that differ below the line that says where.</summary>
    /// <param name="committed">The notebook as it is stored.</param>
    /// <param name="executed">The same notebook after a run, its outputs normalised.</param>
    /// <param name="file">The notebook's file.</param>
    /// <param name="count">How many of its code cells to look at: those that ran and did what they should.</param>
    internal static IEnumerable<string> FindDifferences(NotebookDocument committed, NotebookDocument executed, NotebookFile file, int count)
    {
        var notebook = new CheckedNotebook(committed, file);
        foreach (var (stored, cell) in notebook.RunnableCells.Zip(executed.RunnableCells).Take(count))
        {
            // A cell that was never run is told by the check of the execution counts.
            if (stored.ExecutionCount is null || IsOtherMachine(stored, cell))
                continue;
            if (OutputComparison.Find(stored.Outputs, cell.Outputs, Relaxation.Of(stored)) is not { } difference)
                continue;
            yield return string.Join(
                "\n    ",
                [$"{notebook.Place(stored)}: the output differs from the committed one ({difference.Place}); if it is right, 'run --in-place' stores it", .. difference.Describe()]);
        }
    }

    /// <summary>Whether one of the two runs was on a machine that could not restore the cell's package.</summary>
    private static bool IsOtherMachine(NotebookCell stored, NotebookCell cell) =>
        stored.Tags.Contains(OptionalPackages.Tag) && (OptionalPackages.WasSkipped(stored.Outputs) || OptionalPackages.WasSkipped(cell.Outputs));
}
