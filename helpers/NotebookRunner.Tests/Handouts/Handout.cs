using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Pages;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts;

/// <summary>Renders notebooks and reads the pages as a browser does.</summary>
internal static class Handout
{
    /// <summary>The page of a notebook that stands alone.</summary>
    internal static IHtmlDocument Render(NotebookDocument document, string? path = null, HandoutOptions? options = null)
    {
        NotebookContent content = Content(document, path, options);
        return Parse(NotebookPage.Render(content, [content], book: null));
    }

    internal static NotebookContent Content(NotebookDocument document, string? path = null, HandoutOptions? options = null)
    {
        var file = new NotebookFile(path ?? Path.Combine(Samples.Folder, "test.ipynb"));
        var renderer = new NotebookRenderer(document, file, options ?? HandoutOptions.Default);
        NotebookContent content = renderer.Render();
        renderer.Complete();
        return content;
    }

    internal static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
