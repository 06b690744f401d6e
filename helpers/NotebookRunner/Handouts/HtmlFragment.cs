using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace NotebookRunner.Handouts;

/// <summary>Pieces of HTML, read as a browser reads them, so that what is written out again is whole and closed.</summary>
internal static class HtmlFragment
{
    /// <summary>Parses the piece into an element of its own.</summary>
    internal static IElement Parse(string html)
    {
        IHtmlDocument document = new HtmlParser().ParseDocument("");
        IElement container = document.CreateElement("div");
        container.InnerHtml = html;
        return container;
    }

    /// <summary>The HTML inside the element.</summary>
    internal static string ToHtml(IElement container) => container.InnerHtml;
}
