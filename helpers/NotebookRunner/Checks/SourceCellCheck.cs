using NotebookRunner.Chapters;
using NotebookRunner.Documents;

namespace NotebookRunner.Checks;

/// <summary>Whether a notebook holds the source cells that the chapter's manifest wants in it: each once, in order, and no others.</summary>
internal sealed class SourceCellCheck
{
    private readonly CheckedNotebook _notebook;
    private readonly IReadOnlyList<SourceCell> _expected;
    private readonly IReadOnlyList<(NotebookCell Cell, string Label)> _actual;

    private SourceCellCheck(CheckedNotebook notebook, IReadOnlyList<SourceCell> expected)
    {
        _notebook = notebook;
        _expected = expected;
        _actual =
        [
            .. notebook.RunnableCells
                .Where(cell => cell.Metadata.ContainsKey(SourceCell.MetadataKey))
                .Select(cell => (cell, LabelOf(cell))),
        ];
    }

    private string File => _notebook.File.DisplayName;

    /// <param name="notebook">The notebook.</param>
    /// <param name="expected">What it should hold.</param>
    internal static IEnumerable<string> FindProblems(CheckedNotebook notebook, IReadOnlyList<SourceCell> expected)
    {
        var check = new SourceCellCheck(notebook, expected);
        return [.. check.FindUnknown(), .. check.FindMissingAndDoubled(), .. check.FindMisplaced()];
    }

    private IEnumerable<string> FindUnknown() =>
        from actual in _actual
        where _expected.All(cell => cell.Label != actual.Label)
        select $"source cell {actual.Label} is unknown in {File}: the chapter's manifest has none of that name there ({CodeCell(actual.Cell)})";

    private IEnumerable<string> FindMissingAndDoubled()
    {
        foreach (var cells in _expected.GroupBy(cell => cell.Label))
        {
            NotebookCell[] found = [.. _actual.Where(actual => actual.Label == cells.Key).Select(actual => actual.Cell)];
            foreach (SourceCell missing in cells.Skip(found.Length))
                yield return $"{missing} is missing in {File}";
            if (found.Length > cells.Count())
                yield return $"{cells.Last()} is doubled in {File}: {string.Join(" and ", found.Select(CodeCell))}";
        }
    }

    private IEnumerable<string> FindMisplaced()
    {
        List<SourceCell> left = [.. _expected];
        SourceCell? furthest = null;
        foreach (var (cell, label) in _actual)
        {
            if (left.FirstOrDefault(expected => expected.Label == label) is not { } source)
                continue;
            left.Remove(source);
            if (furthest is not null && source.Number < furthest.Number)
                yield return $"{source} is out of order in {File}: it comes after {furthest.Label} ({CodeCell(cell)})";
            else
                furthest = source;
        }
    }

    // What is no string is no label, but has to be named.
    private static string LabelOf(NotebookCell cell) =>
        cell.Metadata.StringAt(SourceCell.MetadataKey) ?? cell.Metadata[SourceCell.MetadataKey]?.ToJsonString() ?? "null";

    private string CodeCell(NotebookCell cell) => $"code cell {_notebook.RunnableCells.ToList().IndexOf(cell) + 1}";
}
