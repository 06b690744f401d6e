using System.Text.Json;
using System.Text.Json.Serialization;
using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Chapters;

/// <summary>A chapter: what it is called, and its notebooks in order. It lies beside them, as <see cref="FileName"/>.</summary>
internal sealed record ChapterManifest
{
    internal const string FileName = "chapter.json";

    /// <summary>The chapter's title.</summary>
    [JsonRequired]
    public string Title { get; init; } = "";

    /// <summary>The chapter's notebooks, in order.</summary>
    [JsonRequired]
    public IReadOnlyList<ChapterNotebook> Notebooks { get; init; } = [];

    /// <summary>The manifest in a folder; null if there is none.</summary>
    /// <exception cref="InvalidInputException">There is one, but it cannot be used.</exception>
    internal static ChapterManifest? Find(string folder)
    {
        var file = new NotebookFile(Path.Combine(folder, FileName));
        try
        {
            return File.Exists(file.FullPath) ? Parse(File.ReadAllBytes(file.FullPath), file.DisplayName) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{file.DisplayName}: cannot be read ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="file">What to call the file in an error.</param>
    internal static ChapterManifest Parse(ReadOnlySpan<byte> json, string file)
    {
        try
        {
            ChapterManifest manifest = JsonSerializer.Deserialize(json, ChapterJson.Default.ChapterManifest)
                ?? throw new InvalidInputException($"{file}: not a chapter manifest: it is null.");
            return manifest.FindProblem() is { } problem ? throw new InvalidInputException($"{file}: {problem}.") : manifest;
        }
        catch (JsonException exception)
        {
            // The library appends its own account of the position, with lines counted from 0.
            string reason = exception.Message.Split([" LineNumber:", " Path:"], StringSplitOptions.None)[0].TrimEnd('.');
            string line = exception.LineNumber is { } number ? $" (line {number + 1})" : "";
            throw new InvalidInputException($"{file}: not a chapter manifest{line}: {reason}.", exception);
        }
    }

    /// <summary>The source cells that a notebook has to hold; null if the notebook is not in the chapter.</summary>
    internal IReadOnlyList<SourceCell>? SourceCellsOf(NotebookFile file) =>
        Notebooks.FirstOrDefault(notebook => notebook.File == Path.GetFileName(file.FullPath))?.SourceCells;

    private string? FindProblem()
    {
        if (string.IsNullOrWhiteSpace(Title))
            return "the chapter has no title";
        if (Notebooks is not { Count: > 0 })
            return "the chapter has no notebooks";
        for (int i = 0; i < Notebooks.Count; i++)
        {
            if ((Notebooks[i] is { } notebook ? notebook.FindProblem() : "is null") is { } problem)
                return $"notebook {i + 1} {problem}";
        }

        var files = Notebooks.CountBy(notebook => notebook.File, StringComparer.OrdinalIgnoreCase);
        return files.FirstOrDefault(file => file.Value > 1) is { Key: { } doubled } ? $"{doubled} is listed twice" : FindMisnumbered();
    }

    private string? FindMisnumbered()
    {
        int next = 1;
        foreach (var (file, cell) in Notebooks.SelectMany(notebook => notebook.SourceCells.Select(cell => (notebook.File, cell))))
        {
            if (cell.Number != next)
                return $"{file} has source cell {cell.Number} where {next} comes next; number them 1, 2, 3, ... through the chapter, in its order";
            next++;
        }

        return null;
    }
}
