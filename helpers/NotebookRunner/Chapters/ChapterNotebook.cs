using System.Text.Json.Serialization;

namespace NotebookRunner.Chapters;

/// <summary>A notebook of a chapter.</summary>
internal sealed record ChapterNotebook
{
    /// <summary>The file's name, in the folder of the manifest.</summary>
    [JsonRequired]
    public string File { get; init; } = "";

    /// <summary>What the notebook is called in the chapter's contents list.</summary>
    [JsonRequired]
    public string Title { get; init; } = "";

    /// <summary>The cells of the source that it holds, in order.</summary>
    public IReadOnlyList<SourceCell> SourceCells { get => field ?? []; init; }

    /// <summary>What is wrong with the entry; null if nothing is.</summary>
    internal string? FindProblem()
    {
        if (string.IsNullOrWhiteSpace(File) || Path.GetFileName(File) != File || Path.GetExtension(File) != ".ipynb")
            return $"is in the file '{File}'; a notebook (*.ipynb) in the same folder is needed";
        return string.IsNullOrWhiteSpace(Title) ? $"({File}) has no title" : null;
    }
}
