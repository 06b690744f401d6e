using AngleSharp;
using AngleSharp.Dom;

namespace NotebookRunner.Handouts.Safety;

/// <summary>
/// Leaves in HTML only what belongs to a text. Elements that are not known to be harmless become the text that they were written as:
/// nothing acts, and nothing vanishes (<c>List&lt;int&gt;</c> in prose is such an "element").
/// </summary>
internal static class HtmlSanitizer
{
    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details",
        "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd",
        "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary",
        "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "align", "alt", "cite", "class", "colspan", "datetime", "dir", "headers", "height", "href", "id", "lang", "open", "role", "rowspan",
        "scope", "span", "src", "start", "style", "title", "type", "valign", "value", "width", "aria-hidden", "aria-label", "color",
    };

    // Their content is not read as HTML or is not meant to be read at all; it is shown as it was written.
    private static readonly HashSet<string> Opaque = new(StringComparer.Ordinal)
    {
        "script", "style", "iframe", "object", "embed", "noscript", "noembed", "noframes", "template", "svg", "math", "xmp", "plaintext",
        "textarea", "select", "title", "audio", "video", "applet", "base", "link", "meta", "form", "input", "button", "frame", "frameset",
    };

    private static readonly string[] LinkSchemes = ["http:", "https:", "mailto:"];

    /// <summary>Whether an element of this name is known to be harmless.</summary>
    internal static bool Knows(string name) => Elements.Contains(name);

    /// <summary>Cleans all that is inside the element.</summary>
    internal static void Clean(IElement container)
    {
        foreach (INode child in container.ChildNodes.ToArray())
        {
            if (child is IComment or IProcessingInstruction)
                child.RemoveFromParent();
            else if (child is IElement element)
                CleanElement(element);
        }
    }

    private static void CleanElement(IElement element)
    {
        if (Opaque.Contains(element.LocalName))
        {
            element.Replace(element.Owner!.CreateTextNode(element.ToHtml(SourceFormatter.Instance)));
            return;
        }

        Clean(element);
        if (Elements.Contains(element.LocalName))
        {
            foreach (IAttr attribute in element.Attributes.ToArray())
            {
                if (!IsHarmless(attribute))
                    element.RemoveAttribute(attribute.Name);
            }

            return;
        }

        INode startTag = element.Owner!.CreateTextNode($"<{element.LocalName}>");
        element.Replace([startTag, .. element.ChildNodes.ToArray()]);
    }

    private static bool IsHarmless(IAttr attribute)
    {
        if (!Attributes.Contains(attribute.Name))
            return false;
        return attribute.Name switch
        {
            "href" or "cite" => IsHarmlessLink(attribute.Value),
            "style" => IsHarmlessStyle(attribute.Value),
            _ => true,
        };
    }

    private static bool IsHarmlessLink(string link)
    {
        // Browsers ignore white space and control characters when they look for the scheme.
        string compact = string.Concat(link.Where(c => c > ' '));
        int colon = compact.IndexOf(':', StringComparison.Ordinal);
        bool hasScheme = colon >= 0 && compact.AsSpan(0, colon).IndexOfAny("/?#") < 0;
        return !hasScheme || LinkSchemes.Any(scheme => compact.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
    }

    // url() and image-set() load, a backslash can spell either, and fixed positions could cover the page.
    private static bool IsHarmlessStyle(string style) =>
        !style.Contains('\\', StringComparison.Ordinal)
        && !style.Contains('@', StringComparison.Ordinal)
        && !style.Contains("url", StringComparison.OrdinalIgnoreCase)
        && !style.Contains("image", StringComparison.OrdinalIgnoreCase)
        && !style.Contains("expression", StringComparison.OrdinalIgnoreCase)
        && !style.Contains("position", StringComparison.OrdinalIgnoreCase)
        && !style.Contains("behavior", StringComparison.OrdinalIgnoreCase);
}
