using System.Text.Json.Nodes;
using NotebookRunner.Checks;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Checks;

/// <summary>Makes notebooks in which nothing is wrong before a test makes it so.</summary>
internal static class CompleteNotebook
{
    /// <summary>The notebook with all that a check wants of it: kernel names, execution counts and sorted keys.</summary>
    internal static NotebookDocument ToCompleteDocument(this TestNotebook notebook)
    {
        NotebookDocument document = notebook.ToDocument();
        int number = 0;
        foreach (NotebookCell cell in document.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            cell.Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" };
            if (!cell.IsBlank)
                cell.ExecutionCount = ++number;
        }

        document.SortKeys();
        return document;
    }

    /// <summary>A notebook with cells that hold these source cells.</summary>
    internal static TestNotebook WithSourceCells(params int[] numbers)
    {
        var notebook = new TestNotebook();
        foreach (int number in numbers)
            notebook.Code("1", new JsonObject { ["source_cell"] = number });
        return notebook;
    }

    /// <summary>The notebook as if it lay in a file.</summary>
    internal static CheckedNotebook InFile(this NotebookDocument document, string path = "a.ipynb") => new(document, new NotebookFile(Path.GetFullPath(path)));
}
