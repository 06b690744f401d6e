using NotebookRunner.Documents;

namespace NotebookRunner.Checks;

/// <summary>Which cell of a saved notebook is which of the stored one.</summary>
internal static class SavedCells
{
    /// <summary>Pairs the cells, by their ids where all have one, and otherwise by their places.</summary>
    /// <param name="stored">The stored notebook.</param>
    /// <param name="saved">The saved one.</param>
    /// <param name="problems">Gets what is wrong: cells that were added, taken out or moved.</param>
    internal static IReadOnlyList<(NotebookCell Stored, NotebookCell Saved)> Pair(CheckedNotebook stored, CheckedNotebook saved, List<string> problems)
    {
        IReadOnlyList<NotebookCell> left = stored.Document.Cells;
        IReadOnlyList<NotebookCell> right = saved.Document.Cells;
        if (HaveIds(left) && HaveIds(right))
            return PairById(stored, saved, problems);
        if (left.Count != right.Count)
            problems.Add($"{saved.File.DisplayName}: has {right.Count} cells instead of the {left.Count} of {stored.File.DisplayName}, and not all have an id to tell which");
        return left.Count == right.Count ? [.. left.Zip(right)] : [];
    }

    private static List<(NotebookCell Stored, NotebookCell Saved)> PairById(CheckedNotebook stored, CheckedNotebook saved, List<string> problems)
    {
        var byId = saved.Document.Cells.ToDictionary(cell => cell.Id!, StringComparer.Ordinal);
        List<(NotebookCell Stored, NotebookCell Saved)> pairs = [];
        foreach (NotebookCell cell in stored.Document.Cells)
        {
            if (byId.Remove(cell.Id!, out NotebookCell? partner))
                pairs.Add((cell, partner));
            else
                problems.Add($"{stored.Place(cell)}: is missing in {saved.File.DisplayName}");
        }

        problems.AddRange(byId.Values.OrderBy(cell => cell.Position).Select(added => $"{saved.Place(added)}: is not in {stored.File.DisplayName}"));
        if (pairs.Zip(pairs.Skip(1)).FirstOrDefault(next => next.First.Saved.Position > next.Second.Saved.Position) is { Second.Saved: { } moved })
            problems.Add($"{saved.Place(moved)}: stands in another place than in {stored.File.DisplayName}");
        return pairs;
    }

    private static bool HaveIds(IReadOnlyList<NotebookCell> cells) =>
        cells.All(cell => cell.Id is not null) && cells.DistinctBy(cell => cell.Id).Count() == cells.Count;
}
