using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Images;
using NotebookRunner.Handouts.Safety;
using NotebookRunner.Handouts.Scripts;
using NotebookRunner.Handouts.Styles;
using NotebookRunner.Handouts.Terminals;

namespace NotebookRunner.Handouts.Content;

/// <summary>Turns stored outputs into HTML. Text is always encoded; HTML that a cell showed on purpose is shown as it is.</summary>
internal sealed partial class OutputRenderer
{
    // About twenty printed pages.
    private const int MaxTextLength = 60_000;
    private const int MaxLines = 1_000;

    private static readonly IReadOnlyDictionary<string, MimeBundle> NoAttachments = new Dictionary<string, MimeBundle>();

    private static readonly string[] TextTypes = ["json", "xml", "javascript", "yaml", "sql", "x-python"];

    private readonly MarkdownRenderer _markdown;
    private readonly ImageEmbedder _images;
    private readonly ScriptEmbedder _scripts;
    private readonly StyleScopes _scopes;
    private readonly Outline _outline;
    private readonly ElementIds _ids;
    private readonly HandoutLabels _labels;
    private readonly List<string> _leftOut = [];

    internal OutputRenderer(MarkdownRenderer markdown, ImageEmbedder images, ScriptEmbedder scripts, StyleScopes scopes, Outline outline, ElementIds ids, HandoutLabels labels)
    {
        _markdown = markdown;
        _images = images;
        _scripts = scripts;
        _scopes = scopes;
        _outline = outline;
        _ids = ids;
        _labels = labels;
    }

    /// <summary>What the outputs have that no page can hold.</summary>
    internal IReadOnlyList<string> LeftOut => _leftOut;

    /// <param name="output">The output to show.</param>
    /// <param name="errorIsExpected">Whether the cell is meant to fail.</param>
    /// <param name="attachments">The images that were pasted into the cell.</param>
    /// <param name="cells">The number of C# cells up to the one whose output it is.</param>
    internal IElement Render(CellOutput output, bool errorIsExpected, IReadOnlyDictionary<string, MimeBundle> attachments, int cells) => output switch
    {
        StreamOutput { Name: StreamOutput.StandardError } stream =>
            Output("output stderr", $"""<p class="label">{_labels.StandardError}</p>{Preformatted(stream.Text)}"""),
        StreamOutput stream => Output("output", Preformatted(stream.Text)),
        _ when OptionalPackages.WasSkipped([output]) =>
            Output("output", $"""<p class="label">{_labels.Skipped}</p>{Preformatted(((DisplayOutput)output).Data["text/plain"] ?? "")}"""),
        DataOutput data => RenderData(data.Data, attachments, cells),
        ErrorOutput error => RenderError(error, errorIsExpected),
        UnknownOutput unknown => Output("output", Preformatted(unknown.Json.ToJsonString())),
        _ => Output("output", ""),
    };

    private IElement RenderData(MimeBundle data, IReadOnlyDictionary<string, MimeBundle> attachments, int cells)
    {
        IElement output = Output("output", "");
        if (data["text/html"] is { } html)
            output.Append(Html(html));
        else if (Image(data, output) is { } image)
            output.Append(image);
        else if (data["text/markdown"] is { } markdown)
            output.Append(RenderMarkdown(markdown, attachments, cells));
        else if (data["text/latex"] is { } latex && latex.Length <= MaxTextLength)
            output.InnerHtml = $"""<p class="math"><code class="tex" aria-label="{PlainText.ToAttribute($"{_labels.Formula}: {latex.Trim(' ', '\n', '$')}")}">{PlainText.ToHtml(latex.Trim(' ', '\n', '$'))}</code></p>""";
        else if ((data["text/plain"] ?? data["application/json"] ?? data.FirstOrDefault(content => IsText(content.Key)).Value) is { } text)
            output.InnerHtml = Preformatted(text);
        else if (data.Count > 0)
            output.Append(LeaveOut(output, data.First().Key, data.First().Key));
        return output;
    }

    private IElement RenderMarkdown(string markdown, IReadOnlyDictionary<string, MimeBundle> attachments, int cells)
    {
        IElement content = _markdown.Render(markdown.Length <= MaxTextLength ? markdown : markdown[..MaxTextLength], attachments, cells);
        _outline.AddOutput(content);
        content.ClassName = "prose";
        if (markdown.Length > MaxTextLength)
            content.InnerHtml += CutNote(markdown.Length - MaxTextLength);
        return content;
    }

    private IElement RenderError(ErrorOutput error, bool isExpected)
    {
        string label = isExpected ? _labels.ExpectedError : _labels.Error;
        bool named = error.Name is "" or "Error" || error.Message.StartsWith(error.Name, StringComparison.Ordinal);
        string message = named ? error.Message : $"{error.Name}: {error.Message}";
        string trace = error.Traceback.Count == 0
            ? ""
            : $"<details><summary>{_labels.StackTrace}</summary>{Preformatted(string.Join('\n', error.Traceback))}</details>";
        return Output("output error", $"""<p class="label"><span aria-hidden="true">✖</span> {label}</p>{Preformatted(message)}{trace}""");
    }

    private string Preformatted(string text)
    {
        var shown = TerminalText.Of(text);
        int whole = shown.Text.AsSpan().TrimEnd('\n').Length;
        int length = Math.Min(Math.Min(EndOfLine(shown.Text, MaxLines), whole), MaxTextLength);
        return $"<pre><samp>{shown.ToHtml(length)}</samp></pre>{CutNote(whole - length)}";
    }

    private string CutNote(int cut) => cut == 0
        ? ""
        : $"""<p class="label">{string.Format(CultureInfo.InvariantCulture, _labels.Cut, cut.ToString("N0", CultureInfo.InvariantCulture))}</p>""";

    private static int EndOfLine(string text, int line)
    {
        int end = -1;
        for (int i = 0; i < line; i++)
        {
            end = text.IndexOf('\n', end + 1);
            if (end < 0)
                return text.Length;
        }

        return end;
    }

    /// <summary>Reads and writes the HTML once, so that an element left open does not swallow the rest of the page.</summary>
    private IElement Html(string html)
    {
        IElement content = HtmlFragment.Parse(html);
        content.ClassName = "html";
        // These concern the whole page and the network, even from inside a body; scripts and styles stay.
        _leftOut.AddRange(StyledAddresses(content).Select(address => $"{address} (in a style)"));
        foreach (IElement link in content.QuerySelectorAll("link[rel~=stylesheet i]"))
            _leftOut.Add($"{link.GetAttribute("href")} (style sheet)");
        foreach (IElement element in content.QuerySelectorAll("base, link, meta, title").Where(element => element.ParentElement?.Closest("svg") is null))
            element.Remove();
        // It has no end: what follows on the page would be in it.
        foreach (IElement text in content.QuerySelectorAll("plaintext"))
            HtmlFragment.Rename(text, "pre");
        foreach (IElement frame in content.QuerySelectorAll("iframe[src], embed[src], object[data]"))
            LeadElsewhere(frame);
        foreach (IElement media in content.QuerySelectorAll("video, audio"))
            LeaveOutMedia(media);
        foreach (IElement element in content.QuerySelectorAll("[background], input[src]"))
        {
            _leftOut.Add($"{element.GetAttribute("background") ?? element.GetAttribute("src")} ({element.LocalName})");
            element.RemoveAttribute("background");
            element.RemoveAttribute("src");
        }

        _scripts.Embed(content);
        _images.Embed(content, NoAttachments);
        bool isDrawing = !Drawing.FollowsTheme(html) && IsNothingButDrawings(content);
        foreach (IElement drawing in content.QuerySelectorAll("svg").Where(drawing => drawing.ParentElement?.Closest("svg, [aria-hidden=true]") is null))
        {
            Drawing.Name(drawing, "", _labels.Image);
            if (isDrawing)
                drawing.ClassList.Add(Drawing.OnWhite);
        }

        _outline.AddOutput(content);

        // A script finds its elements by their ids.
        if (content.QuerySelector("script") is null)
            _ids.MakeUnique(content);
        else
            content.ClassName = "html scripted";
        _scopes.Limit(content);
        return content;
    }

    /// <summary>Whether this is an SVG output that came as HTML: with no text and no tables that would follow the theme beside it.</summary>
    private static bool IsNothingButDrawings(IElement content) =>
        content.QuerySelector("script, img, table") is null
        && content.Descendants<IText>().All(text => string.IsNullOrWhiteSpace(text.Data) || text.ParentElement?.Closest("svg, style") is not null);

    /// <summary>A form in which a reader sees more than a lump of Base64.</summary>
    private static bool IsText(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal)
        || (mimeType.StartsWith("application/", StringComparison.Ordinal) && TextTypes.Any(type => mimeType.EndsWith(type, StringComparison.Ordinal)));

    /// <summary>Says in words what is not in the page, on the page and to whoever makes it.</summary>
    private IElement LeaveOut(IElement place, string what, string report)
    {
        _leftOut.Add(report);
        IElement note = place.Owner!.CreateElement("p");
        note.ClassName = "missing";
        note.TextContent = $"[{_labels.LeftOut}: {CellPlace.Shorten(what, 200)}]";
        return note;
    }

    /// <summary>What plays needs a file beside the page, or a network.</summary>
    private void LeaveOutMedia(IElement media)
    {
        foreach (IElement part in media.QuerySelectorAll("source, track").Where(part => !IsInside(part.GetAttribute("src"))))
        {
            media.SetAttribute("src", media.GetAttribute("src") ?? part.GetAttribute("src"));
            part.Remove();
        }

        if (!IsInside(media.GetAttribute("poster")))
            media.RemoveAttribute("poster");
        if (media.GetAttribute("src") is not { } address || IsInside(address))
            return;
        if (media.QuerySelector("source") is null)
            media.Replace(LeaveOut(media, address, $"{address} ({media.LocalName})"));
        else
            media.RemoveAttribute("src");
    }

    private static IEnumerable<string> StyledAddresses(IElement content) =>
        from css in content.QuerySelectorAll("style").Select(style => style.TextContent).Concat(content.QuerySelectorAll("[style]").Select(element => element.GetAttribute("style")!))
        from Match address in Address().Matches(css)
        select address.Groups["address"].Value;

    private static bool IsInside(string? address) => address?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>A page inside the page would be a request; a link is none until somebody wants it.</summary>
    private void LeadElsewhere(IElement frame)
    {
        string address = frame.GetAttribute("src") ?? frame.GetAttribute("data") ?? "";
        IElement note = frame.Owner!.CreateElement("p");
        note.ClassName = "missing";
        note.TextContent = $"[{_labels.EmbeddedPage}: {CellPlace.Shorten(address, 200)}]";
        frame.Replace(note);
    }

    private IElement? Image(MimeBundle data, IElement output)
    {
        string alternative = data["text/plain"] ?? "";
        // What a value calls itself is no description: "<Figure size 640x480 with 1 Axes>".
        if (alternative.StartsWith('<') || alternative.Length > 500)
            alternative = "";
        KeyValuePair<string, string>[] images = [.. data.Where(content => content.Key.StartsWith("image/", StringComparison.Ordinal))];
        IElement? shown = images
            .OrderByDescending(content => content.Key == "image/svg+xml")
            .Select(content => EmbeddedImage.FromContent(content.Value))
            .Select(image => image is null ? null : _images.ToElement(image, image.Drawing is null ? alternative : "", alternative.Length > 0 ? alternative : _labels.Image, output))
            .FirstOrDefault(element => element is not null);
        // If there is another form of it, that is shown, and nobody would know.
        if (shown is null && images.Length > 0 && data.Count > images.Length)
            _leftOut.Add($"{images[0].Key} that is no such image");
        return shown;
    }

    private static IElement Output(string classes, string content)
    {
        IElement output = HtmlFragment.Parse(content);
        output.ClassName = classes;
        return output;
    }

    [GeneratedRegex("""\burl\(\s*["']?(?!\#|data:|["'\s])(?<address>[^"')\s]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
