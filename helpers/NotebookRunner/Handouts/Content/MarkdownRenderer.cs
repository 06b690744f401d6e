using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Handouts.Images;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Handouts.Content;

/// <summary>Turns the Markdown of one notebook into HTML that is harmless and needs nothing from outside.</summary>
internal sealed class MarkdownRenderer
{
    private readonly ImageEmbedder _images;
    private readonly CodeColorizer _colorizer;
    private readonly HandoutLabels _labels;
    private readonly ElementIds _ids;

    internal MarkdownRenderer(ImageEmbedder images, CodeColorizer colorizer, HandoutLabels labels, ElementIds ids)
    {
        _images = images;
        _colorizer = colorizer;
        _labels = labels;
        _ids = ids;
    }

    /// <summary>Renders the Markdown of a cell or of an output. Its headings are left to the outline.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="attachments">The images that were pasted into the cell.</param>
    /// <param name="cells">The number of C# cells before it, whose declarations its code may use.</param>
    internal IElement Render(string markdown, IReadOnlyDictionary<string, MimeBundle> attachments, int cells)
    {
        IElement content = HtmlFragment.Parse(NotebookMarkdown.ToHtml(markdown, HtmlSanitizer.Knows));
        foreach (IElement box in content.QuerySelectorAll("li > input[type=checkbox], li > p > input[type=checkbox]"))
            box.Replace(box.Owner!.CreateTextNode(box.HasAttribute("checked") ? "☑" : "☐"));
        foreach (IElement anchor in content.QuerySelectorAll("a[name]:not([id])"))
            anchor.Id = anchor.GetAttribute("name");
        HtmlSanitizer.Clean(content);
        _ids.MakeUnique(content);
        _images.Embed(content, attachments);
        foreach (IElement code in content.QuerySelectorAll("pre > code.language-csharp, pre > code.language-cs, pre > code.language-c\\#"))
            _colorizer.ShowExample(code.TextContent.TrimEnd('\n'), cells, code);
        foreach (IElement table in content.QuerySelectorAll("table"))
            PutInBox(table);
        foreach (IElement math in content.QuerySelectorAll(".math"))
            ShowFormula(math);
        return content;
    }

    /// <summary>A wide table scrolls in a box of its own.</summary>
    private void PutInBox(IElement table)
    {
        IElement box = table.Owner!.CreateElement("div");
        box.ClassName = "table";
        box.SetAttribute("role", "group");
        box.SetAttribute("aria-label", _labels.Table);
        table.Replace(box);
        box.Append(table);
    }

    /// <summary>No script sets formulas here: a reader gets what the author wrote, without the brackets that are for the script.</summary>
    private void ShowFormula(IElement math)
    {
        string tex = math.TextContent.Trim();
        if (tex.Length > 4 && tex[0] == '\\' && tex[1] is '(' or '[')
            tex = tex[2..^2].Trim();
        IElement code = math.Owner!.CreateElement("code");
        code.ClassName = "tex";
        code.SetAttribute("aria-label", $"{_labels.Formula}: {tex}");
        code.TextContent = tex;
        math.InnerHtml = "";
        math.Append(code);
    }
}
