using System.Globalization;
using AngleSharp.Dom;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Safety;
using NotebookRunner.Handouts.Styles;

namespace NotebookRunner.Handouts.Images;

/// <summary>
/// An SVG drawing as a part of the page: its text can be searched and read aloud, and it follows the page's light or dark, which an
/// image inside a data URI does not.
/// </summary>
internal static class Drawing
{
    /// <summary>The class of drawings that were made for white paper, and keep it in the dark.</summary>
    internal const string OnWhite = "on-white";

    /// <summary>Whether a drawing, or what it stands in, knows of light and dark, or takes its colours from the text around it.</summary>
    internal static bool FollowsTheme(string markup) =>
        markup.Contains("prefers-color-scheme", StringComparison.Ordinal)
        || markup.Contains("currentColor", StringComparison.OrdinalIgnoreCase)
        || markup.Contains("light-dark(", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes a drawing ready to stand in a page beside others.</summary>
    /// <param name="svg">The drawing's text, from wherever it comes.</param>
    /// <param name="embed">Gives an image that the drawing shows an address that needs no network; null if there is none.</param>
    /// <param name="alternative">What there is to see, for those who cannot; if the drawing says it itself, this may be empty.</param>
    /// <param name="fallback">What it is called if nobody says what there is to see.</param>
    /// <param name="ids">The ids of the page.</param>
    /// <param name="scopes">What keeps its style sheets inside it.</param>
    /// <returns>The drawing; null if the text holds none.</returns>
    internal static IElement? From(string svg, Func<string, string?> embed, string alternative, string fallback, ElementIds ids, StyleScopes scopes)
    {
        if (SvgSanitizer.Clean(svg, embed) is not { } drawing)
            return null;
        Name(drawing, alternative, fallback);
        GiveSize(drawing);
        if (!FollowsTheme(svg))
            drawing.ClassList.Add(OnWhite);
        ids.MakeUnique(drawing);
        scopes.Limit(drawing);
        return drawing;
    }

    /// <summary>Gives a name to a drawing that nobody could tell what it is.</summary>
    internal static void Name(IElement drawing, string alternative, string fallback)
    {
        if (drawing.GetAttribute("aria-hidden") == "true")
            return;
        if (!drawing.HasAttribute("role"))
            drawing.SetAttribute("role", "img");
        if (alternative.Length > 0)
        {
            drawing.SetAttribute("aria-label", alternative);
            drawing.RemoveAttribute("aria-labelledby");
            return;
        }

        bool isNamed = drawing.HasAttribute("aria-label") || drawing.HasAttribute("aria-labelledby")
            || drawing.Children.Any(child => child.LocalName == "title" && child.TextContent.Trim().Length > 0);
        if (!isNamed)
            drawing.SetAttribute("aria-label", fallback);
    }

    /// <summary>With a size and a view box a drawing can shrink to a phone without losing its shape.</summary>
    private static void GiveSize(IElement drawing)
    {
        double[] box = [.. (drawing.GetAttribute("viewBox") ?? "").Split([' ', ',', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(Number)];
        if (box is [_, _, > 0, > 0])
        {
            if (!IsLength(drawing.GetAttribute("width")) || !IsLength(drawing.GetAttribute("height")))
            {
                drawing.SetAttribute("width", Text(box[2]));
                drawing.SetAttribute("height", Text(box[3]));
            }

            return;
        }

        double width = Number((drawing.GetAttribute("width") ?? "").Replace("px", "", StringComparison.Ordinal));
        double height = Number((drawing.GetAttribute("height") ?? "").Replace("px", "", StringComparison.Ordinal));
        if (width > 0 && height > 0)
            drawing.SetAttribute("viewBox", $"0 0 {Text(width)} {Text(height)}");
    }

    private static bool IsLength(string? value) => value is { Length: > 0 } && char.IsAsciiDigit(value[0]) && !value.EndsWith('%');

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : 0;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
