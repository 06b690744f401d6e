using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace NotebookRunner.Handouts.Safety;

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

    /// <summary>Gives an element another name. Its content and attributes stay.</summary>
    internal static IElement Rename(IElement element, string name)
    {
        if (element.LocalName == name)
            return element;
        IElement renamed = element.Owner!.CreateElement(name);
        foreach (IAttr attribute in element.Attributes)
            renamed.SetAttribute(attribute.Name, attribute.Value);
        renamed.Append([.. element.ChildNodes]);
        element.Replace(renamed);
        return renamed;
    }
}
