using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Checks;

/// <summary>What the Markdown cells of a notebook show and lead to, HTML inside the Markdown included.</summary>
internal sealed class MarkdownContent
{
    private readonly List<(NotebookCell Cell, IElement Content)> _cells;

    internal MarkdownContent(NotebookDocument document)
    {
        _cells =
        [
            .. document.Cells.Where(cell => cell.Kind == CellKind.Markdown)
                .Select(cell => (cell, HtmlFragment.Parse(NotebookMarkdown.ToHtml(cell.Source)))),
        ];
        Anchors = FindAnchors();
    }

    /// <summary>What a link with <c>#</c> can lead to: headings, by the names that handouts give them, and explicit anchors.</summary>
    internal IReadOnlySet<string> Anchors { get; }

    internal IEnumerable<(NotebookCell Cell, string Source, string? Alternative)> Images =>
        from cell in _cells
        from image in cell.Content.QuerySelectorAll("img")
        select (cell.Cell, image.GetAttribute("src") ?? "", image.GetAttribute("alt"));

    internal IEnumerable<(NotebookCell Cell, string Target)> Links =>
        from cell in _cells
        from link in cell.Content.QuerySelectorAll("a[href]")
        select (cell.Cell, link.GetAttribute("href")!);

    private HashSet<string> FindAnchors()
    {
        HashSet<string> anchors = new(StringComparer.Ordinal);
        // As a handout names them, or a link would work in one place only.
        var names = new ElementIds();
        foreach (var (_, content) in _cells)
        {
            foreach (IElement heading in content.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
                anchors.Add(names.Add(ElementIds.NameOf(heading.TextContent)));
            foreach (IElement element in content.QuerySelectorAll("[id], a[name]"))
                anchors.Add(element.Id ?? element.GetAttribute("name")!);
        }

        return anchors;
    }
}
