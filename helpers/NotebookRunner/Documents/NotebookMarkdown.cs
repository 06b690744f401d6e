using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NotebookRunner.Documents;

/// <summary>The Markdown of notebooks: what Jupyter and VS Code render.</summary>
internal static partial class NotebookMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseGridTables()
        .UseTaskLists()
        .UseAutoLinks()
        .UseEmphasisExtras()
        .UseFootnotes()
        .UseMathematics()
        .Build();

    /// <summary>The HTML of a cell, as it comes: HTML inside the Markdown is still in it.</summary>
    internal static string ToHtml(string markdown) => Markdown.ToHtml(markdown, Pipeline);

    /// <summary>The HTML of a cell in whose lines only some tags are taken for HTML. The others stay the text that they were written as, capitals included.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="isElement">Whether there is an element of this name.</param>
    internal static string ToHtml(string markdown, Func<string, bool> isElement)
    {
        MarkdownDocument document = Markdown.Parse(markdown, Pipeline);
        foreach (HtmlInline tag in document.Descendants<HtmlInline>().ToArray())
        {
            if (TagName().Match(tag.Tag) is { Success: true } name && !isElement(name.Groups["name"].Value.ToLowerInvariant()))
                tag.ReplaceBy(new LiteralInline(tag.Tag));
        }

        return document.ToHtml(Pipeline);
    }

    // Comments have none.
    [GeneratedRegex("^</?(?<name>[A-Za-z][A-Za-z0-9-]*)", RegexOptions.CultureInvariant)]
    private static partial Regex TagName();
}
