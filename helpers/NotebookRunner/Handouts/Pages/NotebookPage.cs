using AngleSharp.Dom;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Handouts.Pages;

/// <summary>The page of one notebook.</summary>
internal static class NotebookPage
{
    /// <param name="notebook">The notebook.</param>
    /// <param name="notebooks">All notebooks that have pages beside this one, in order.</param>
    /// <param name="book">What they make up; null if this one stands alone.</param>
    internal static string Render(NotebookContent notebook, IReadOnlyList<NotebookContent> notebooks, Book? book)
    {
        HandoutLabels labels = HandoutLabels.For(notebook.Language);
        var body = (IElement)notebook.Body.Clone();
        if (book is not null && body.LastElementChild is { } last && NotebookLinks.IsPager(last))
            last.Remove();
        new NotebookLinks(notebooks, (target, anchor) => AddressOf(target, anchor, isHere: target == notebook)).Resolve(body, notebook);
        return new PageFrame
        {
            Language = notebook.Language,
            Labels = labels,
            Title = notebook.Title,
            TitleAnchor = notebook.TitleAnchor,
            Home = book is null ? "" : $"""<a href="{book.IndexPage}">{PlainText.ToHtml(book.Title)}</a>""",
            Contents = ContentsList.Render(notebook.Headings, labels),
            Content = body.InnerHtml,
            Pager = book is null ? "" : Pager(notebook, notebooks, book, labels),
            Scripts = notebook.Scripts,
            Footer = $"<p>{PlainText.ToHtml(notebook.FileName)}</p>",
        }.ToHtml();
    }

    /// <summary>The name of a notebook's page.</summary>
    internal static string FileNameOf(NotebookContent notebook) => notebook.Name + ".html";

    private static string AddressOf(NotebookContent notebook, string? anchor, bool isHere)
    {
        string fragment = anchor is null ? "" : ContentsList.LinkTo(anchor);
        return isHere && fragment.Length > 0 ? fragment : Uri.EscapeDataString(FileNameOf(notebook)) + fragment;
    }

    private static string Pager(NotebookContent notebook, IReadOnlyList<NotebookContent> notebooks, Book book, HandoutLabels labels)
    {
        int position = notebooks.TakeWhile(other => other != notebook).Count();
        string previous = position > 0 ? Step("prev", labels.Previous, notebooks[position - 1]) : "";
        string next = position + 1 < notebooks.Count ? Step("next", labels.Next, notebooks[position + 1]) : "";
        return $"""
            <nav class="pager" aria-label="{labels.OtherNotebooks}">
            {previous}
            <a class="up" href="{book.IndexPage}">{labels.Notebooks}</a>
            {next}
            </nav>
            """;
    }

    private static string Step(string relation, string label, NotebookContent notebook) =>
        $"""<a class="{relation}" rel="{relation}" href="{Uri.EscapeDataString(FileNameOf(notebook))}"><span>{label}</span> {PlainText.ToHtml(notebook.ListTitle)}</a>""";
}
