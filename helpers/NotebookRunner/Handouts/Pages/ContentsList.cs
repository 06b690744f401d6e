using System.Globalization;
using System.Text;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Handouts.Pages;

/// <summary>The list of a page's headings: folded on a phone, beside the text where there is room.</summary>
internal static class ContentsList
{
    // The third level of the page: sections and their parts.
    private const int Deepest = 3;

    /// <returns>The list; nothing for a page without headings.</returns>
    internal static string Render(IEnumerable<Heading> headings, HandoutLabels labels)
    {
        Heading[] entries = [.. headings.Where(heading => heading.Level <= Deepest)];
        if (entries.Length == 0)
            return "";
        var list = new StringBuilder();
        int open = 0;
        foreach (Heading entry in entries)
        {
            // A notebook may begin with the third level; an element of a list there would belong to none.
            int depth = Math.Min(entry.Level - 1, open + 1);
            if (depth > open)
                list.Append("<ul>");
            for (; open > depth; open--)
                list.Append("</li></ul>");
            if (depth == open)
                list.Append("</li>");
            open = depth;
            list.Append(CultureInfo.InvariantCulture, $"""<li><a href="{LinkTo(entry.Anchor)}">{PlainText.ToHtml(entry.Text)}</a>""");
        }

        for (; open > 0; open--)
            list.Append("</li></ul>");
        return $"""<nav class="contents" aria-label="{labels.Contents}"><details open><summary>{labels.Contents}</summary>{list}</details></nav>""";
    }

    internal static string LinkTo(string anchor) => "#" + Uri.EscapeDataString(anchor);
}
