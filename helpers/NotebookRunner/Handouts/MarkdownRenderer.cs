using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Handouts;

/// <summary>Turns the Markdown of one notebook into HTML that is harmless and needs nothing from outside.</summary>
internal sealed class MarkdownRenderer
{
    private static readonly IReadOnlyDictionary<string, MimeBundle> NoAttachments = new Dictionary<string, MimeBundle>();

    private readonly ImageSource _images;
    private readonly CodeColorizer _colorizer;
    private readonly HandoutLabels _labels;
    private readonly AnchorNames _anchors = new();
    private readonly List<Heading> _headings = [];

    internal MarkdownRenderer(ImageSource images, CodeColorizer colorizer, HandoutLabels labels)
    {
        _images = images;
        _colorizer = colorizer;
        _labels = labels;
    }

    /// <summary>The headings of the cells rendered so far, in order.</summary>
    internal IReadOnlyList<Heading> Headings => _headings;

    /// <summary>Renders a Markdown cell; its headings get anchors.</summary>
    internal string RenderCell(string markdown, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        IElement content = Render(markdown, attachments);
        foreach (IElement heading in content.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
        {
            string text = heading.TextContent.Trim();
            heading.Id = _anchors.Add(text);
            _headings.Add(new Heading(heading.LocalName[1] - '0', text, heading.Id));
        }

        return HtmlFragment.ToHtml(content);
    }

    /// <summary>Renders Markdown that a cell displayed.</summary>
    internal string RenderOutput(string markdown) => HtmlFragment.ToHtml(Render(markdown, NoAttachments));

    private IElement Render(string markdown, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        IElement content = HtmlFragment.Parse(NotebookMarkdown.ToHtml(markdown));
        HtmlSanitizer.Clean(content);
        foreach (IElement image in content.QuerySelectorAll("img"))
            EmbedImage(image, attachments);
        foreach (IElement link in content.QuerySelectorAll("a[href]"))
            LeadToHandout(link);
        foreach (IElement code in content.QuerySelectorAll("pre > code.language-csharp, pre > code.language-cs, pre > code.language-c\\#"))
            code.InnerHtml = _colorizer.ColorExample(code.TextContent);
        return content;
    }

    private void EmbedImage(IElement image, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        string source = image.GetAttribute("src") ?? "";
        string alternative = image.GetAttribute("alt") ?? "";
        if (_images.Find(source, attachments) is { } data)
        {
            image.SetAttribute("src", data);
            return;
        }

        string shown = CellPlace.Shorten(source, 200);
        bool isRemote = Uri.TryCreate(source, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https";
        IElement note = image.Owner!.CreateElement("span");
        note.ClassName = "missing";
        note.TextContent = isRemote ? $"[{_labels.Image}: {alternative} {shown}]" : $"[{_labels.MissingImage}: {alternative} {shown}]";
        image.Replace(note);
    }

    /// <summary>A link to another notebook leads to its handout, which lies beside this one.</summary>
    private static void LeadToHandout(IElement link)
    {
        string target = link.GetAttribute("href")!;
        int end = target.IndexOf(".ipynb", StringComparison.OrdinalIgnoreCase);
        if (end < 0 || target.Contains(':', StringComparison.Ordinal) || (end + 6 < target.Length && target[end + 6] != '#'))
            return;
        link.SetAttribute("href", string.Concat(target.AsSpan(target.LastIndexOf('/', end) + 1, end - target.LastIndexOf('/', end) - 1), ".html", target.AsSpan(end + 6)));
    }
}
