using NotebookRunner.Documents;

namespace NotebookRunner.Checks;

/// <summary>Whether the outputs of a notebook are of one run, as far as that can be seen: an object that two cells show has the same figures in both.</summary>
internal static class OneRunCheck
{
    internal static IEnumerable<string> FindProblems(CheckedNotebook notebook)
    {
        List<(NotebookCell Cell, ShownTable Table)> earlier = [];
        foreach (NotebookCell cell in notebook.RunnableCells)
        {
            (NotebookCell, ShownTable)[] shown = [.. ShownTable.In(cell).Select(table => (cell, table))];
            foreach (var (_, table) in shown)
            {
                // Of several cells that show it, the first is enough.
                var contradiction = earlier
                    .Where(other => other.Table.Title == table.Title)
                    .Select(other => (other.Cell, Figure: table.FindOtherFigure(other.Table)))
                    .FirstOrDefault(other => other.Figure is not null);
                if (contradiction is { Figure: { } figure })
                {
                    yield return $"{notebook.Place(cell)}: shows '{table.Title}' with other figures than code cell {notebook.RunnableCells.ToList().IndexOf(contradiction.Cell) + 1} ({figure}): "
                        + "the two are of different runs, and 'run --in-place' stores the outputs of one; or they are two measurements, which need two titles";
                }
            }

            earlier.AddRange(shown);
        }
    }
}
