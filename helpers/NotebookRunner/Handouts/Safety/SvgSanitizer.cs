using AngleSharp.Dom;
using NotebookRunner.Handouts.Styles;

namespace NotebookRunner.Handouts.Safety;

/// <summary>Takes out of an SVG drawing what could act or load. Drawings come from anywhere; nobody puts a script in one to show it.</summary>
internal static class SvgSanitizer
{
    private static readonly HashSet<string> Removed = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "listener", "base", "link", "meta", "set", "animate",
    };

    /// <summary>The drawing, ready to stand in a page; null if there is none.</summary>
    /// <param name="svg">The drawing's text.</param>
    /// <param name="embed">Gives an image that the drawing shows an address that needs no network; null if there is none.</param>
    internal static IElement? Clean(string svg, Func<string, string?> embed)
    {
        IElement content = HtmlFragment.Parse(svg);
        if (content.QuerySelector("svg") is not { } drawing)
            return null;
        foreach (IElement element in drawing.QuerySelectorAll("*").Prepend(drawing).ToArray())
        {
            if (element.LocalName == "style")
                element.TextContent = LoadingFilter.Instance.Rewrite(element.TextContent);
            if (Removed.Contains(element.LocalName) || (element.LocalName == "style" && element.TextContent.Length == 0))
            {
                element.Remove();
                continue;
            }

            foreach (IAttr attribute in element.Attributes.ToArray())
            {
                if (element.LocalName is "image" or "feImage" && attribute.LocalName == "href" && !attribute.Value.StartsWith('#') && embed(attribute.Value) is { } address)
                    attribute.Value = address;
                if (!IsHarmless(attribute))
                    element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
            }
        }

        return drawing;
    }

    private static bool IsHarmless(IAttr attribute) => attribute.LocalName.ToLowerInvariant() switch
    {
        "href" or "src" => attribute.Value.StartsWith('#') || attribute.Value.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase),
        "style" => !LoadingFilter.Loads(attribute.Value),
        var name => !name.StartsWith("on", StringComparison.Ordinal),
    };
}
