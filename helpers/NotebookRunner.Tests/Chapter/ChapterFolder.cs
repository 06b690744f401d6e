using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Tests.Chapter;

/// <summary>The notebooks of this repository.</summary>
internal static class ChapterFolder
{
    internal static string Path { get; } = System.IO.Path.Combine(
        NotebookFiles.FindRepository(AppContext.BaseDirectory) ?? throw new DirectoryNotFoundException("The tests must run from inside the repository."), NotebookFiles.FolderName);

    /// <summary>The code of a cell, by the cell's id.</summary>
    internal static string Cell(string notebook, string id) =>
        NotebookDocument.Load(System.IO.Path.Combine(Path, notebook)).Cells.Single(cell => cell.Id == id).Source;
}
