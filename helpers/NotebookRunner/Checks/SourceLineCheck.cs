using NotebookRunner.Execution;

namespace NotebookRunner.Checks;

/// <summary>
/// Whether the lines of each cell are lines. nbformat's list of lines is only put together: where they keep no line ends, as a program that is not made for notebooks may write them, all that follows
/// a comment is part of it, and nobody says so.
/// </summary>
internal static class SourceLineCheck
{
    internal static IEnumerable<string> FindProblems(CheckedNotebook notebook) =>
        from cell in notebook.Document.Cells
        let line = cell.LineWithoutEnd
        where line is not null
        select $"""{notebook.Place(cell)}: in its list of lines, "{CellPlace.Shorten(line, 60)}" has no \n at its end, and is one line with what follows. Write each line but the last as "...\n".""";
}
