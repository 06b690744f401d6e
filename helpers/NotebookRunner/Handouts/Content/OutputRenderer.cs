using System.Buffers.Text;
using System.Globalization;
using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Images;
using NotebookRunner.Handouts.Safety;
using NotebookRunner.Handouts.Scripts;
using NotebookRunner.Handouts.Styles;
using NotebookRunner.Handouts.Terminals;
using NotebookRunner.Pictures;

namespace NotebookRunner.Handouts.Content;

/// <summary>Turns stored outputs into HTML. Text is always encoded; HTML that a cell showed on purpose is shown as it is.</summary>
internal sealed class OutputRenderer
{
    // About twenty printed pages.
    private const int MaxTextLength = 60_000;
    private const int MaxLines = 1_000;

    private static readonly IReadOnlyDictionary<string, MimeBundle> NoAttachments = new Dictionary<string, MimeBundle>();

    private readonly MarkdownRenderer _markdown;
    private readonly ImageEmbedder _images;
    private readonly ScriptEmbedder _scripts;
    private readonly StyleScopes _scopes;
    private readonly Outline _outline;
    private readonly ElementIds _ids;
    private readonly HandoutLabels _labels;
    private readonly OutsideParts _outside;

    internal OutputRenderer(MarkdownRenderer markdown, ImageEmbedder images, ScriptEmbedder scripts, StyleScopes scopes, Outline outline, ElementIds ids, HandoutLabels labels)
    {
        _markdown = markdown;
        _images = images;
        _scripts = scripts;
        _scopes = scopes;
        _outline = outline;
        _ids = ids;
        _labels = labels;
        _outside = new OutsideParts(labels);
    }

    /// <summary>What the outputs have that no page can hold.</summary>
    internal IReadOnlyList<string> LeftOut => _outside.LeftOut;

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
        else
            ShowText(data, output);
        return output;
    }

    private void ShowText(MimeBundle data, IElement output)
    {
        var (mimeType, content) = data.OrderBy(content => content.Key switch { "text/plain" => 0, "application/json" => 1, _ => 2 })
            .FirstOrDefault(content => !IsBinary(content.Key, content.Value), data.FirstOrDefault());
        if (mimeType is not null && IsBinary(mimeType, content))
            output.Append(_outside.InPlaceOf(output, mimeType));
        else
            output.InnerHtml = Preformatted(content ?? "");
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
        // It has no end: what follows on the page would be in it.
        foreach (IElement text in content.QuerySelectorAll("plaintext"))
            HtmlFragment.Rename(text, "pre");
        _outside.TakeOut(content);
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
        bool isScripted = content.QuerySelector("script") is not null;
        foreach (IElement part in isScripted ? PicturePlace.In(content) : [content])
            _ids.MakeUnique(part);
        if (isScripted)
            content.ClassName = "html scripted";
        _scopes.Limit(content);
        return content;
    }

    /// <summary>Whether this is an SVG output that came as HTML: with no text and no tables that would follow the theme beside it.</summary>
    private static bool IsNothingButDrawings(IElement content) =>
        content.QuerySelector("script, img, table") is null
        && content.Descendants<IText>().All(text => string.IsNullOrWhiteSpace(text.Data) || text.ParentElement?.Closest("svg, style") is not null);

    /// <summary>Whether there is nothing in it for a reader. What binary formats look like in a notebook, can be no JSON and hardly words.</summary>
    private static bool IsBinary(string mimeType, string content) =>
        !mimeType.StartsWith("text/", StringComparison.Ordinal) && !mimeType.EndsWith("json", StringComparison.Ordinal) && Base64.IsValid(content);

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
            _outside.Report($"{images[0].Key} that is no such image");
        return shown;
    }

    private static IElement Output(string classes, string content)
    {
        IElement output = HtmlFragment.Parse(content);
        output.ClassName = classes;
        return output;
    }
}
