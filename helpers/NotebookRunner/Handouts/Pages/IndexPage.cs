using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Handouts.Pages;

/// <summary>The page that lists the others.</summary>
internal static class IndexPage
{
    internal static string Render(IReadOnlyList<NotebookContent> notebooks, Book book)
    {
        string language = notebooks[0].Language;
        HandoutLabels labels = HandoutLabels.For(language);
        string lines = string.Join('\n', notebooks.Select(notebook =>
            $"""<li><a href="{Uri.EscapeDataString(NotebookPage.FileNameOf(notebook))}">{PlainText.ToHtml(notebook.ListTitle)}</a>{NotebookSummary.Render(notebook.Entry, labels)}</li>"""));
        return new PageFrame
        {
            Language = language,
            Labels = labels,
            Title = book.Title,
            Content = $"""
                <nav aria-label="{labels.Contents}">
                <ul class="notebooks">
                {lines}
                </ul>
                <p class="whole"><a href="{Uri.EscapeDataString(book.WholePage)}">{labels.WholeChapter}</a> <span>{labels.OnePage}</span></p>
                </nav>
                """,
        }.ToHtml();
    }
}
