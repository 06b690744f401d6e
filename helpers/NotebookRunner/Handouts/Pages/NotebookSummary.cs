using System.Globalization;
using NotebookRunner.Chapters;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Handouts.Pages;

/// <summary>What a reader wants to know of a notebook before it is opened: what it is about, how long it takes, and what it needs.</summary>
internal static class NotebookSummary
{
    /// <summary>As far as the chapter's manifest says so.</summary>
    internal static string Render(ChapterNotebook? entry, HandoutLabels labels)
    {
        string about = entry?.About is { } text ? $"""<p class="about">{PlainText.ToHtml(text)}</p>""" : "";
        string[] effort = [.. Effort(entry, labels)];
        return about + (effort.Length > 0 ? $"""<p class="effort">{string.Join(" · ", effort)}</p>""" : "");
    }

    private static IEnumerable<string> Effort(ChapterNotebook? entry, HandoutLabels labels)
    {
        if (entry?.Minutes is { } minutes)
            yield return string.Format(CultureInfo.InvariantCulture, labels.Minutes, minutes);
        if (entry?.Needs is { } needs)
            yield return $"{labels.Needs}: {PlainText.ToHtml(needs)}";
    }
}
