using NotebookRunner.Documents;

namespace NotebookRunner.Checks;

/// <summary>Whether the committed outputs are those of one run from the top: each code cell run, and numbered 1 to n.</summary>
internal static class ExecutionCheck
{
    private const string Remedy = "'run --in-place' runs them all in order";

    internal static IEnumerable<string> FindProblems(CheckedNotebook notebook)
    {
        if (notebook.RunnableCells.Count > 0 && notebook.RunnableCells.All(cell => cell.ExecutionCount is null))
        {
            yield return $"{notebook.File.DisplayName}: has never been run; {Remedy}";
            yield break;
        }

        for (int i = 0; i < notebook.RunnableCells.Count; i++)
        {
            NotebookCell cell = notebook.RunnableCells[i];
            if (cell.ExecutionCount is not { } count)
                yield return $"{notebook.Place(cell)}: has not been run; {Remedy}";
            else if (count != i + 1)
                yield return $"{notebook.Place(cell)}: has the execution count {count} instead of {i + 1}; {Remedy}";
        }

        foreach (NotebookCell cell in notebook.Document.Cells.Where(cell => cell.Kind == CellKind.Code && cell.IsBlank))
        {
            if (cell.ExecutionCount is not null || cell.Outputs.Count > 0)
                yield return $"{notebook.Place(cell)}: has outputs or an execution count, but nothing to run; {Remedy}";
        }
    }
}
