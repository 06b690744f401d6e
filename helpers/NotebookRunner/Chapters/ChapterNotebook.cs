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

    /// <summary>What the notebook is about, in a sentence or two; null if nothing is said.</summary>
    public string? About { get; init; }

    /// <summary>How many minutes it takes to read and run it; null if nothing is said.</summary>
    public int? Minutes { get; init; }

    /// <summary>What it needs that not everybody has, in a few words: the internet, for its packages. Null if it needs nothing.</summary>
    public string? Needs { get; init; }

    /// <summary>What is wrong with the entry; null if nothing is.</summary>
    internal string? FindProblem()
    {
        if (string.IsNullOrWhiteSpace(File) || Path.GetFileName(File) != File || Path.GetExtension(File) != ".ipynb")
            return $"is in the file '{File}'; a notebook (*.ipynb) in the same folder is needed";
        if (string.IsNullOrWhiteSpace(Title))
            return $"({File}) has no title";
        if (Minutes <= 0)
            return $"({File}) takes {Minutes} minutes; write how long a reader needs, or leave 'minutes' out";
        // What is left out says as little, and shows that it does.
        return About?.Trim() is "" || Needs?.Trim() is "" ? $"({File}) has an empty 'about' or 'needs'; leave it out" : null;
    }
}
