using System.Text;
using AngleSharp.Dom;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Handouts.Pages;

/// <summary>All notebooks in one page.</summary>
internal static class WholePage
{
    internal static string Render(IReadOnlyList<NotebookContent> notebooks, Book book)
    {
        string language = notebooks[0].Language;
        HandoutLabels labels = HandoutLabels.For(language);
        var links = new NotebookLinks(notebooks, (target, anchor) => ContentsList.LinkTo(anchor is null ? target.Name : IdOf(target, anchor)));
        var articles = new StringBuilder();
        var style = new StringBuilder(".contents > details > ul > li > a { font-weight: 600; }\n");
        List<Heading> headings = [];
        for (int i = 0; i < notebooks.Count; i++)
        {
            NotebookContent notebook = notebooks[i];
            headings.Add(new Heading(2, notebook.ListTitle, notebook.Name));
            headings.AddRange(notebook.Headings.Select(heading => new Heading(heading.Level + 1, heading.Text, IdOf(notebook, heading.Anchor))));
            articles.Append(Article(notebook, links, i + 1, language, labels));
            // The margin of a printed page names the notebook that it belongs to.
            style.Append(System.Globalization.CultureInfo.InvariantCulture, $"[id=\"{ArticleId(i + 1)}\"] {{ page: {CssName(i + 1)}; }}\n");
            style.Append(PageFrame.RunningTitle(CssName(i + 1), notebook.ListTitle)).Append('\n');
        }

        return new PageFrame
        {
            Language = language,
            Labels = labels,
            Title = book.Title,
            Home = $"""<a href="{book.IndexPage}">{labels.Notebooks}</a>""",
            Contents = ContentsList.Render(headings, labels),
            Content = articles.ToString(),
            Scripts = [.. notebooks.SelectMany(notebook => notebook.Scripts).Distinct()],
            Style = style.ToString(),
        }.ToHtml();
    }

    private static string Article(NotebookContent notebook, NotebookLinks links, int number, string pageLanguage, HandoutLabels labels)
    {
        var body = (IElement)notebook.Body.Clone();
        if (body.LastElementChild is { } last && NotebookLinks.IsPager(last))
            last.Remove();
        links.Resolve(body, notebook);
        ElementIds.Change(body, id => IdOf(notebook, id));
        // From below, so that none is met again.
        for (int level = 6; level >= 2; level--)
        {
            foreach (IElement heading in body.QuerySelectorAll($"h{level}"))
                HtmlFragment.Rename(heading, $"h{Math.Min(6, level + 1)}");
        }

        string language = notebook.Language == pageLanguage ? "" : $" lang=\"{notebook.Language}\"";
        return $"""
            <article id="{ArticleId(number)}"{language}>
            <h2 id="{PlainText.ToAttribute(notebook.Name)}">{PlainText.ToHtml(notebook.ListTitle)}</h2>
            {NotebookSummary.Render(notebook.Entry, labels)}
            {body.InnerHtml}
            </article>

            """;
    }

    // No heading has two hyphens in its id, so that nothing is mixed up.
    private static string IdOf(NotebookContent notebook, string id) => id == notebook.TitleAnchor ? notebook.Name : $"{notebook.Name}--{id}";

    // With a dot, which the ids of headings do not have.
    private static string ArticleId(int number) => $"page.{number}";

    private static string CssName(int number) => $"notebook-{number}";
}
