using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Pictures;

/// <summary>
/// The places in outputs that take a picture of a chart which is otherwise drawn by a script in the reader's browser. Such an output has, in an element of its own, a hidden element for the script
/// to draw into, an empty one with <see cref="Attribute"/>, perhaps the figures in a <c>details</c> element that is open, and the scripts, which take away the picture once they have drawn. The picture
/// is the runner's, not the cell's: where outputs are compared, it does not count.
/// </summary>
internal static class PicturePlace
{
    /// <summary>Marks the place; its value is the id of the element that the script draws into.</summary>
    private const string Attribute = "data-picture-of";

    /// <summary>The selector of the places.</summary>
    internal const string Selector = $"[{Attribute}]";

    /// <summary>Whether HTML has such a place, filled or not.</summary>
    internal static bool IsIn(string html) => html.Contains(Attribute, StringComparison.Ordinal);

    /// <summary>The places in a piece of HTML, in order.</summary>
    internal static IReadOnlyList<IElement> In(IElement content) => [.. content.QuerySelectorAll(Selector)];

    /// <summary>Whether an output has a place with a picture in it.</summary>
    internal static bool HasPicture(CellOutput output) =>
        Html(output) is { } html && HtmlFragment.Parse(html).QuerySelector($"{Selector} svg") is not null;

    /// <summary>The HTML of an output that has such a place; null if it has none.</summary>
    internal static string? Html(CellOutput output) => output is DataOutput { Data: var data } && data["text/html"] is { } html && IsIn(html) ? html : null;

    /// <summary>Puts a picture into a place. The figures below it are folded: they are there to be looked up.</summary>
    internal static void Fill(IElement place, string svg)
    {
        place.InnerHtml = svg;
        Figures(place)?.RemoveAttribute("open");
    }

    /// <summary>The same HTML as it was before its places were filled.</summary>
    internal static string Empty(string html)
    {
        if (!IsIn(html))
            return html;
        IElement content = HtmlFragment.Parse(html);
        foreach (IElement place in In(content).Where(place => place.ChildElementCount > 0))
        {
            place.InnerHtml = "";
            Figures(place)?.SetAttribute("open", "");
        }

        return content.InnerHtml;
    }

    /// <summary>Leaves of a chart what needs no script: the picture, if there is one, and the figures.</summary>
    /// <param name="script">A script of the output that is not at hand.</param>
    /// <returns>False if it is no script of such a chart; nothing is changed then.</returns>
    internal static bool TryDoWithout(IElement script)
    {
        if (script.ParentElement is not { } chart || chart.Children.FirstOrDefault(child => child.HasAttribute(Attribute)) is not { } place)
            return false;
        foreach (IElement part in chart.Children.Where(child => child.LocalName == "script" || child.HasAttribute("hidden")).ToArray())
            part.Remove();
        if (place.ChildElementCount == 0)
            place.Remove();
        return true;
    }

    private static IElement? Figures(IElement place) => place.NextElementSibling is { LocalName: "details" } figures ? figures : null;
}
