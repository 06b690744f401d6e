using NotebookRunner.Documents;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>The file of an <c>#!import</c>: a notebook, or a file of C#.</summary>
internal static class ImportedFile
{
    /// <summary>What the file consists of.</summary>
    /// <param name="argument">What follows <c>#!import</c>: a path, perhaps in quotes, perhaps after <c>--file</c>.</param>
    /// <exception cref="CellFailedException">The file cannot be read, or holds another language than C#.</exception>
    public static IReadOnlyList<ImportedPart> Read(string argument)
    {
        string path = (argument.StartsWith("--file ", StringComparison.Ordinal) ? argument["--file ".Length..] : argument).Trim().Trim('"');
        try
        {
            return Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".IPYNB" => ReadNotebook(path),
                ".CS" or ".CSX" => [new(path, File.ReadAllText(path), IsMarkdown: false)],
                _ => throw new CellFailedException($"#!import reads notebooks (.ipynb) and C# (.cs, .csx), not '{path}'."),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidInputException)
        {
            throw new CellFailedException($"#!import '{path}': {exception.Message}");
        }
    }

    private static List<ImportedPart> ReadNotebook(string path)
    {
        var notebook = NotebookDocument.Load(path);
        NotebookLanguage.RequireCSharp(notebook, path);
        return
        [
            .. notebook.Cells
                .Where(cell => !cell.IsBlank && cell.Kind is CellKind.Code or CellKind.Markdown)
                .Select(cell => new ImportedPart($"{path} cell {cell.Position}", cell.Source, cell.Kind == CellKind.Markdown)),
        ];
    }
}
