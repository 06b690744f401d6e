using System.Globalization;
using AngleSharp.Dom;
using NotebookRunner.Documents;

namespace NotebookRunner.Handouts;

/// <summary>Turns stored outputs into HTML. Text is always encoded; HTML that a cell showed on purpose is shown as it is.</summary>
internal sealed class OutputRenderer
{
    // About twenty printed pages.
    private const int MaxTextLength = 60_000;

    private readonly MarkdownRenderer _markdown;
    private readonly HandoutLabels _labels;

    internal OutputRenderer(MarkdownRenderer markdown, HandoutLabels labels)
    {
        _markdown = markdown;
        _labels = labels;
    }

    /// <param name="output">The output to show.</param>
    /// <param name="errorIsExpected">Whether the cell is meant to fail.</param>
    internal string Render(CellOutput output, bool errorIsExpected) => output switch
    {
        StreamOutput { Name: StreamOutput.StandardError } stream =>
            $"""<div class="output stderr"><p class="label">{_labels.StandardError}</p>{Preformatted(stream.Text)}</div>""",
        StreamOutput stream => $"""<div class="output">{Preformatted(stream.Text)}</div>""",
        DataOutput data => RenderData(data.Data),
        ErrorOutput error => RenderError(error, errorIsExpected),
        UnknownOutput unknown => $"""<div class="output">{Preformatted(unknown.Json.ToJsonString())}</div>""",
        _ => "",
    };

    private string RenderData(MimeBundle data)
    {
        string content =
            data["text/html"] is { } html ? Html(html)
            : data["image/svg+xml"] is { } svg && SvgSanitizer.Clean(svg) is { } drawing ? drawing
            : Image(data) is { } image ? image
            : data["text/markdown"] is { } markdown ? _markdown.RenderOutput(markdown)
            : Preformatted(data["text/plain"] ?? data["text/latex"] ?? data["application/json"] ?? data.FirstOrDefault().Value ?? "");
        return $"""<div class="output">{content}</div>""";
    }

    private string RenderError(ErrorOutput error, bool isExpected)
    {
        string label = isExpected ? _labels.ExpectedError : _labels.Error;
        bool named = error.Name is "" or "Error" || error.Message.StartsWith(error.Name, StringComparison.Ordinal);
        string message = named ? error.Message : $"{error.Name}: {error.Message}";
        string trace = error.Traceback.Count == 0
            ? ""
            : $"<details><summary>{_labels.StackTrace}</summary>{Preformatted(string.Join('\n', error.Traceback))}</details>";
        return $"""<div class="output error"><p class="label"><span aria-hidden="true">✖</span> {label}</p>{Preformatted(message)}{trace}</div>""";
    }

    private string Preformatted(string text)
    {
        text = TerminalText.ToPlain(text).TrimEnd('\n');
        int cut = Math.Max(0, text.Length - MaxTextLength);
        string note = cut == 0
            ? ""
            : $"""<p class="label">{string.Format(CultureInfo.InvariantCulture, _labels.Cut, cut.ToString("N0", CultureInfo.InvariantCulture))}</p>""";
        return $"<pre><samp>{PlainText.ToHtml(text.AsSpan(0, text.Length - cut))}</samp></pre>{note}";
    }

    /// <summary>Reads and writes the HTML once, so that an element left open does not swallow the rest of the page.</summary>
    private static string Html(string html)
    {
        IElement content = HtmlFragment.Parse(html);
        // These concern the whole page and the network, even from inside a body; scripts and styles stay.
        foreach (IElement element in content.QuerySelectorAll("base, link, meta, title"))
            element.Remove();
        return $"""<div class="html">{HtmlFragment.ToHtml(content)}</div>""";
    }

    private static string? Image(MimeBundle data)
    {
        string alternative = PlainText.ToAttribute(data["text/plain"] ?? "");
        return data
            .Where(content => content.Key.StartsWith("image/", StringComparison.Ordinal))
            .Select(content => ImageData.ToDataUri(content.Value))
            .Where(image => image is not null)
            .Select(image => $"""<img src="{image}" alt="{alternative}">""")
            .FirstOrDefault();
    }
}
