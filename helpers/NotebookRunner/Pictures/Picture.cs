using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Images;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Pictures;

/// <summary>A drawing as the library exports it, made ready to be stored in an output.</summary>
internal static class Picture
{
    // On a phone it is scrolled rather than that its words, of 12 pixels, get too small to read.
    private const double SmallestPart = 0.75;

    /// <param name="svg">The drawing.</param>
    /// <param name="alternative">What there is to see, for those who cannot.</param>
    /// <returns>The same drawing for the same text; null if it is none.</returns>
    internal static string? From(string svg, string alternative)
    {
        if (SvgSanitizer.Clean(svg, _ => null) is not { } drawing)
            return null;
        // A viewer's own rules for the name of a class would hold for it, too; nothing in it needs them.
        foreach (IElement element in drawing.QuerySelectorAll("[class]").Prepend(drawing))
            element.RemoveAttribute("class");
        RemoveEmptyParts(drawing);
        RenameIds(drawing);
        drawing.SetAttribute("style", "max-width:100%;height:auto" + SmallestWidth(drawing));
        Drawing.Name(drawing, alternative, alternative);
        return drawing.OuterHtml;
    }

    private static string SmallestWidth(IElement drawing) =>
        double.TryParse(drawing.GetAttribute("width"), NumberStyles.Float, CultureInfo.InvariantCulture, out double width)
            ? string.Create(CultureInfo.InvariantCulture, $";min-width:{SmallestPart * width:0}px")
            : "";

    // The library has a layer for all that a chart could have.
    private static void RemoveEmptyParts(IElement drawing)
    {
        HashSet<string> used = [.. drawing.QuerySelectorAll("*").SelectMany(element => element.Attributes).SelectMany(attribute => ReferencesIn(attribute.Value))];
        bool IsUsed(IElement part) => part.Id is { Length: > 0 } id && used.Contains(id);
        // From the inside out: what has held nothing else is empty then.
        foreach (IElement part in drawing.QuerySelectorAll("g, defs, clipPath").Reverse().ToArray())
        {
            if (!IsUsed(part) && (part.ChildElementCount == 0 || part.LocalName == "clipPath"))
                part.Remove();
        }
    }

    private static IEnumerable<string> ReferencesIn(string value)
    {
        for (int start = value.IndexOf('#', StringComparison.Ordinal); start >= 0; start = value.IndexOf('#', start + 1))
        {
            int length = value.AsSpan(start + 1).IndexOfAny("\"')");
            yield return length < 0 ? value[(start + 1)..] : value.Substring(start + 1, length);
        }
    }

    // The library's ids are random, a committed file is better without; and another picture on the page has others, unless it is the same.
    private static void RenameIds(IElement drawing)
    {
        int count = 0;
        ElementIds.Change(drawing, _ => string.Create(CultureInfo.InvariantCulture, $"p{++count}"));
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(drawing.OuterHtml)).AsSpan(0, 4));
        ElementIds.Change(drawing, id => $"{id}-{name}");
    }
}
