using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Checks;

/// <summary>A notebook that is being checked, and how to speak of its cells.</summary>
internal sealed class CheckedNotebook
{
    internal CheckedNotebook(NotebookDocument document, NotebookFile file)
    {
        Document = document;
        File = file;
        RunnableCells = [.. document.RunnableCells];
    }

    internal NotebookDocument Document { get; }

    internal NotebookFile File { get; }

    /// <summary>The code cells that have something to run.</summary>
    internal IReadOnlyList<NotebookCell> RunnableCells { get; }

    internal string Folder => Path.GetDirectoryName(File.FullPath)!;

    /// <summary>File, cell and the cell's first line. Code cells are counted by themselves, as a reader sees them counted.</summary>
    internal string Place(NotebookCell cell)
    {
        int index = RunnableCells.ToList().IndexOf(cell);
        if (index >= 0)
            return CellPlace.Of(RunnableCells, index, File).ToString();
        string firstLine = CellPlace.FirstLineOf(cell);
        string excerpt = firstLine.Length > 0 ? $" ({CellPlace.Shorten(firstLine, 60)})" : "";
        return $"{File.DisplayName}: cell {cell.Position}{excerpt}";
    }
}
