using Markdig;

namespace NotebookRunner.Documents;

/// <summary>The Markdown of notebooks: what Jupyter and VS Code render.</summary>
internal static class NotebookMarkdown
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
}
