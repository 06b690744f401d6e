using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Handouts;

/// <summary>The HTML page of one notebook: everything in one file, which asks for nothing else.</summary>
internal sealed partial class HandoutPage
{
    // A promise that the browser keeps, whatever an output contains: nothing is loaded. Scripts inside outputs may still run.
    private const string SecurityPolicy =
        "default-src 'none'; img-src data:; font-src data:; media-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
        + "base-uri 'none'; form-action 'none'";

    private static readonly Lazy<string> Style = new(ReadStyle);

    private readonly NotebookDocument _document;
    private readonly string _fileName;
    private readonly string _language;
    private readonly HandoutLabels _labels;
    private readonly ImageSource _images;
    private readonly CodeColorizer _colorizer;
    private readonly MarkdownRenderer _markdown;
    private readonly OutputRenderer _outputs;

    internal HandoutPage(NotebookDocument document, NotebookFile file)
    {
        string folder = Path.GetDirectoryName(file.FullPath)!;
        _document = document;
        _fileName = Path.GetFileName(file.FullPath);
        _language = document.Metadata.StringAt("lang") is { } language && LanguageTag().IsMatch(language) ? language : "ko";
        _labels = HandoutLabels.For(_language);
        _images = new ImageSource(folder);
        _colorizer = new CodeColorizer(folder);
        _markdown = new MarkdownRenderer(_images, _colorizer, _labels);
        _outputs = new OutputRenderer(_markdown, _labels);
    }

    /// <summary>The images that the notebook shows and that could not be found, once the page was rendered.</summary>
    internal IReadOnlyList<string> MissingImages => _images.Missing;

    internal string Render()
    {
        // The body first: it finds the headings that the head and the contents list need.
        string body = string.Join('\n', _document.Cells.Select(RenderCell));
        Heading? main = _markdown.Headings.FirstOrDefault(heading => heading.Level == 1);
        string title = main?.Text ?? Path.GetFileNameWithoutExtension(_fileName);
        string heading = main is null ? $"<h1>{PlainText.ToHtml(title)}</h1>" : "";
        return $"""
            <!DOCTYPE html>
            <html lang="{_language}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{SecurityPolicy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>{PlainText.ToHtml(title)}</title>
            <style>
            {Style.Value}</style>
            </head>
            <body>
            {RenderContents(main)}
            <main>
            {heading}{body}
            </main>
            <footer><p>{PlainText.ToHtml(_fileName)}</p></footer>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private string RenderContents(Heading? main)
    {
        Heading[] entries = [.. _markdown.Headings.Where(heading => heading != main && heading.Level <= 3)];
        if (entries.Length == 0)
            return "";
        var list = new StringBuilder();
        foreach (Heading entry in entries)
        {
            list.Append(
                CultureInfo.InvariantCulture,
                $"""<li class="level-{entry.Level}"><a href="#{PlainText.ToAttribute(Uri.EscapeDataString(entry.Anchor))}">{PlainText.ToHtml(entry.Text)}</a></li>""");
        }

        return $"""<nav class="contents" aria-label="{_labels.Contents}"><p class="label">{_labels.Contents}</p><ul>{list}</ul></nav>""";
    }

    private string RenderCell(NotebookCell cell) => cell.Kind switch
    {
        CellKind.Markdown => $"""<section class="cell prose">{_markdown.RenderCell(cell.Source, cell.Attachments)}</section>""",
        CellKind.Code when !cell.IsBlank => RenderCodeCell(cell),
        // What a raw cell holds is meant for some other program.
        _ => "",
    };

    private string RenderCodeCell(NotebookCell cell)
    {
        string number = cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ";
        string label = cell.ExecutionCount is null ? $"{_labels.CodeCell}, {_labels.NotRun}" : $"{_labels.CodeCell} {number}";
        string id = cell.Id ?? cell.Position.ToString(CultureInfo.InvariantCulture);
        string source = cell.Source.Replace("\r\n", "\n", StringComparison.Ordinal);
        string code = NotebookLanguage.IsCSharp(_document.LanguageOf(cell)) ? _colorizer.ColorCell(source) : PlainText.ToHtml(source);
        bool errorIsExpected = cell.Tags.Contains(CellExpectation.RaisesExceptionTag);
        string outputs = string.Concat(cell.Outputs.Select(output => _outputs.Render(output, errorIsExpected)));
        if (outputs.Length > 0)
            outputs = $"""<div class="outputs" role="group" aria-label="{_labels.Output} {number}">{outputs}</div>""";
        return $"""
            <section class="cell code" id="cell-{PlainText.ToAttribute(id)}" aria-label="{label}">
            <div class="input"><span class="number" aria-hidden="true">[{number}]</span><pre><code>{code}</code></pre></div>
            {outputs}</section>
            """;
    }

    private static string ReadStyle()
    {
        using Stream stream = typeof(HandoutPage).Assembly.GetManifestResourceStream("handout.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
