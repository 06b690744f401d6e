using NotebookRunner.Documents;
using NotebookRunner.Handouts.Images;

namespace NotebookRunner.Checks;

/// <summary>Whether every image and every link of the prose leads somewhere. Addresses on the web are not visited.</summary>
internal sealed class LinkCheck
{
    private readonly CheckedNotebook _notebook;
    private readonly MarkdownContent _content;

    private LinkCheck(CheckedNotebook notebook)
    {
        _notebook = notebook;
        _content = new MarkdownContent(notebook.Document);
    }

    internal static IEnumerable<string> FindProblems(CheckedNotebook notebook)
    {
        var check = new LinkCheck(notebook);
        return [.. check.FindDeadImages(), .. check.FindDeadLinks()];
    }

    private IEnumerable<string> FindDeadImages()
    {
        foreach (var (cell, source, alternative) in _content.Images)
        {
            if (string.IsNullOrWhiteSpace(alternative))
                yield return $"{_notebook.Place(cell)}: the image {Quote(source)} has no alternative text";
            if (ProblemOfImage(cell, source) is { } problem)
                yield return $"{_notebook.Place(cell)}: the image {Quote(source)} {problem}";
        }
    }

    private IEnumerable<string> FindDeadLinks() =>
        from link in _content.Links
        let problem = ProblemOfLink(link.Target)
        where problem is not null
        select $"{_notebook.Place(link.Cell)}: the link {Quote(link.Target)} {problem}";

    private string? ProblemOfImage(NotebookCell cell, string source)
    {
        if (IsOnWeb(source))
            return null;
        if (IsAbsolute(source))
            return "leads to a place on this machine; make it relative to the notebook";
        var images = new ImageSource(_notebook.Folder);
        return images.Find(source, cell.Attachments) is null ? "leads to no image" : null;
    }

    private string? ProblemOfLink(string target)
    {
        if (IsOnWeb(target) || target.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            return null;
        string[] parts = target.Split('#', 2);
        string file = Uri.UnescapeDataString(parts[0].Split('?')[0]);
        if (IsAbsolute(file))
            return "leads to a place on this machine; make it relative to the notebook";
        string? anchor = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null;
        if (file.Length == 0)
            return anchor is { Length: > 0 } && _content.Anchors.Contains(anchor) ? null : "leads to no heading of this notebook";
        string path = Path.GetFullPath(file, _notebook.Folder);
        if (!File.Exists(path) && !Directory.Exists(path))
            return "leads to no file";
        return anchor is null || Path.GetExtension(path) != ".ipynb" ? null : ProblemOfAnchor(path, anchor);
    }

    private static string? ProblemOfAnchor(string path, string anchor)
    {
        try
        {
            return new MarkdownContent(NotebookDocument.Load(path)).Anchors.Contains(anchor) ? null : "leads to no heading of that notebook";
        }
        catch (InvalidInputException)
        {
            return "leads to a file that is no notebook";
        }
    }

    private static bool IsOnWeb(string target) =>
        target.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || target.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || target.StartsWith("//", StringComparison.Ordinal);

    // A path from the root, with a drive, or as a URI.
    private static bool IsAbsolute(string target) =>
        target.StartsWith('/') || target.StartsWith('\\') || target.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        || (target.Length > 2 && char.IsAsciiLetter(target[0]) && target[1] == ':' && target[2] is '/' or '\\');

    // As it was written: the Markdown renderer encodes all that is not ASCII.
    private static string Quote(string target) => $"'{Execution.CellPlace.Shorten(Uri.UnescapeDataString(target), 100)}'";
}
