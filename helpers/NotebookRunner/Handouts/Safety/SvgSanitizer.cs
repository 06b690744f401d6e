using AngleSharp.Dom;

namespace NotebookRunner.Handouts.Safety;

/// <summary>Takes out of an SVG drawing what could act or load. Drawings come from anywhere; nobody puts a script in one to show it.</summary>
internal static class SvgSanitizer
{
    private static readonly HashSet<string> Removed = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "listener", "base", "link", "meta", "set", "animate",
    };

    /// <summary>The drawing, ready to stand in a page; null if there is none.</summary>
    internal static IElement? Clean(string svg)
    {
        IElement content = HtmlFragment.Parse(svg);
        if (content.QuerySelector("svg") is not { } drawing)
            return null;
        foreach (IElement element in drawing.QuerySelectorAll("*").Prepend(drawing).ToArray())
        {
            if (Removed.Contains(element.LocalName) || (element.LocalName == "style" && Loads(element.TextContent)))
            {
                element.Remove();
                continue;
            }

            foreach (IAttr attribute in element.Attributes.ToArray())
            {
                if (!IsHarmless(attribute))
                    element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
            }
        }

        return drawing;
    }

    private static bool IsHarmless(IAttr attribute) => attribute.LocalName.ToLowerInvariant() switch
    {
        "href" or "src" => attribute.Value.StartsWith('#') || attribute.Value.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase),
        "style" => !Loads(attribute.Value),
        var name => !name.StartsWith("on", StringComparison.Ordinal),
    };

    // url(#gradient) is how a drawing refers to its own parts.
    private static bool Loads(string style) =>
        style.Contains('\\', StringComparison.Ordinal)
        || style.Contains("@import", StringComparison.OrdinalIgnoreCase)
        || style.Replace("url(#", "", StringComparison.OrdinalIgnoreCase).Contains("url(", StringComparison.OrdinalIgnoreCase);
}
