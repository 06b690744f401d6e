using NotebookRunner.Chapters;
using NotebookRunner.Documents;

namespace NotebookRunner.Checks;

/// <summary>Whether a notebook holds the source cells that the chapter's manifest wants in it: each once, in order, and no others.</summary>
internal sealed class SourceCellCheck
{
    private readonly CheckedNotebook _notebook;
    private readonly IReadOnlyList<SourceCell> _expected;
    private readonly IReadOnlyList<(NotebookCell Cell, SourceCell? Source)> _actual;

    private SourceCellCheck(CheckedNotebook notebook, IReadOnlyList<SourceCell> expected)
    {
        _notebook = notebook;
        _expected = expected;
        _actual =
        [
            .. notebook.RunnableCells
                .Where(cell => cell.Metadata.ContainsKey(SourceCell.MetadataKey))
                .Select(cell => (cell, cell.Metadata.NumberAt(SourceCell.MetadataKey) is { } number ? new SourceCell(number) : (SourceCell?)null)),
        ];
    }

    private string File => _notebook.File.DisplayName;

    /// <param name="notebook">The notebook.</param>
    /// <param name="expected">What it should hold.</param>
    internal static IEnumerable<string> FindProblems(CheckedNotebook notebook, IReadOnlyList<SourceCell> expected)
    {
        var check = new SourceCellCheck(notebook, expected);
        return [.. check.FindUnnumbered(), .. check.FindUnknown(), .. check.FindMissingAndDoubled(), .. check.FindMisplaced()];
    }

    private IEnumerable<string> FindUnnumbered() =>
        from actual in _actual
        where actual.Source is null
        let stated = actual.Cell.Metadata.StringAt(SourceCell.MetadataKey) is { } label ? $"\"{label}\"" : actual.Cell.Metadata[SourceCell.MetadataKey]?.ToJsonString() ?? "null"
        select $"\"{SourceCell.MetadataKey}\": {stated} is no number in {File}: write the source cell's number in the chapter, "
            + $"{(_expected.Count == 0 ? "from 1" : $"here one of {string.Join(", ", _expected.Select(cell => cell.Number))}")} ({CodeCell(actual.Cell)})";

    private IEnumerable<string> FindUnknown() =>
        from actual in _actual
        where actual.Source is { } source && !_expected.Contains(source)
        select $"{actual.Source} is unknown in {File}: the chapter's manifest has none of that number there ({CodeCell(actual.Cell)})";

    private IEnumerable<string> FindMissingAndDoubled()
    {
        foreach (SourceCell source in _expected)
        {
            NotebookCell[] found = [.. _actual.Where(actual => actual.Source == source).Select(actual => actual.Cell)];
            if (found.Length == 0)
                yield return $"{source} is missing in {File}";
            if (found.Length > 1)
                yield return $"{source} is doubled in {File}: {string.Join(" and ", found.Select(CodeCell))}";
        }
    }

    private IEnumerable<string> FindMisplaced()
    {
        SourceCell furthest = default;
        // One that is doubled has been told.
        foreach (var (cell, source) in _actual.DistinctBy(actual => actual.Source))
        {
            if (source is not { } known || !_expected.Contains(known))
                continue;
            if (known.Number < furthest.Number)
                yield return $"{known} is out of order in {File}: it comes after {furthest.Number} ({CodeCell(cell)})";
            else
                furthest = known;
        }
    }

    private string CodeCell(NotebookCell cell) => $"code cell {_notebook.RunnableCells.ToList().IndexOf(cell) + 1}";
}
