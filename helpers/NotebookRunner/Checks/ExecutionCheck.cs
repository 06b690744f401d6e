using NotebookRunner.Documents;

namespace NotebookRunner.Checks;

/// <summary>Whether the committed outputs are those of one run from the top: each code cell run, and numbered 1 to n.</summary>
internal static class ExecutionCheck
{
    /// <summary>Finds the cells that have not been run in order.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="passedOver">The cells that need not have been run; null for none.</param>
    internal static IEnumerable<string> FindProblems(
        CheckedNotebook notebook, string remedy = "'run --in-place' runs them all in order", IReadOnlySet<NotebookCell>? passedOver = null)
    {
        if (notebook.RunnableCells.Count > 0 && notebook.RunnableCells.All(cell => cell.ExecutionCount is null))
        {
            yield return $"{notebook.File.DisplayName}: has never been run; {remedy}";
            yield break;
        }

        for (int i = 0; i < notebook.RunnableCells.Count; i++)
        {
            NotebookCell cell = notebook.RunnableCells[i];
            if (cell.ExecutionCount is not { } count)
            {
                if (passedOver?.Contains(cell) != true)
                    yield return $"{notebook.Place(cell)}: has not been run; {remedy}";
            }
            else if (count != i + 1)
                yield return $"{notebook.Place(cell)}: has the execution count {count} instead of {i + 1}; {remedy}";
        }

        foreach (NotebookCell cell in notebook.Document.Cells.Where(cell => cell.Kind == CellKind.Code && cell.IsBlank))
        {
            if (cell.ExecutionCount is not null || cell.Outputs.Count > 0)
                yield return $"{notebook.Place(cell)}: has outputs or an execution count, but nothing to run; {remedy}";
        }
    }
}
