using System.Globalization;
using System.Text;
using NotebookRunner.Handouts.Safety;
using NotebookRunner.Handouts.Scripts;

namespace NotebookRunner.Handouts.Pages;

/// <summary>What is the same on every page: everything is in one file, which asks for nothing else.</summary>
internal sealed record PageFrame
{
    // A promise that the browser keeps, whatever an output contains: nothing is loaded. Scripts inside outputs may still run.
    private const string SecurityPolicy =
        "default-src 'none'; img-src data:; font-src data:; media-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
        + "base-uri 'none'; form-action 'none'";

    internal required string Language { get; init; }

    internal required HandoutLabels Labels { get; init; }

    internal required string Title { get; init; }

    /// <summary>The id of the title; null if nothing leads to it.</summary>
    internal string? TitleAnchor { get; init; }

    /// <summary>The rest is HTML. At the top: the way to the other pages.</summary>
    internal string Home { get; init; } = "";

    /// <summary>The contents list: below the title, or beside the text where there is room.</summary>
    internal string Contents { get; init; } = "";

    internal required string Content { get; init; }

    /// <summary>The way to the neighbours.</summary>
    internal string Pager { get; init; } = "";

    internal string Footer { get; init; } = "";

    /// <summary>Scripts that the page's outputs need.</summary>
    internal IReadOnlyList<ScriptFile> Scripts { get; init; } = [];

    /// <summary>Rules that only this page needs.</summary>
    internal string Style { get; init; } = "";

    internal string ToHtml() =>
        $"""
        <!DOCTYPE html>
        <html lang="{Language}">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{SecurityPolicy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>{PlainText.ToTitle(Title)}</title>
        <style>
        {PageResources.Style}{RunningTitle("", Title)}
        {Style}</style>
        <script>
        {PageResources.Script}</script>
        {string.Concat(Scripts.Select(script => script.ToHtml()))}
        </head>
        <body>
        <a class="skip" href="#page.content">{Labels.SkipToContent}</a>
        <header class="bar">
        <p class="home">{Home}</p>
        {ThemeSwitch()}
        </header>
        <main{(Contents.Length > 0 ? " class=\"with-contents\"" : "")}>
        <h1{(TitleAnchor is { } id ? $" id=\"{PlainText.ToAttribute(id)}\"" : "")}>{PlainText.ToHtml(Title)}</h1>
        {Contents}
        <div id="page.content" tabindex="-1">
        {Content}
        </div>
        </main>
        {Pager}
        <footer>{Footer}</footer>
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    /// <summary>Puts a title into the margin of printed pages, where the browser prints such boxes.</summary>
    /// <param name="page">The name of the pages (CSS <c>page</c>); empty for all.</param>
    /// <param name="title">The title.</param>
    internal static string RunningTitle(string page, string title) =>
        $"@page {page} {{ @top-left {{ content: {CssString(title)}; }} }}";

    // The script unhides it: without one it could not do anything, and the page follows the reader's setting.
    private string ThemeSwitch() =>
        $"""
        <label class="theme" hidden>{Labels.Theme} <select><option value="">{Labels.ThemeOfSystem}</option><option value="light">{Labels.Light}</option><option value="dark">{Labels.Dark}</option></select></label>
        """;

    private static string CssString(string text)
    {
        var css = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or ',' or '-' or ':' or '(' or ')')
                css.Append(rune);
            else
                css.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:x} ");
        }

        return css.Append('"').ToString();
    }
}
