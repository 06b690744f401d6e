using System.Globalization;
using System.Text.RegularExpressions;
using NotebookRunner.Handouts.Pages;

namespace NotebookRunner.Tests.Handouts.Pages;

public partial class StyleTests
{
    // On the page itself, and on the panels of code.
    private static readonly string[] Backgrounds = ["paper", "panel"];

    private static readonly string[] Texts =
    [
        "ink", "quiet", "link", "error", "csharp", "keyword", "string", "number", "comment", "type", "method",
    ];

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Every_colour_of_text_can_be_read_on_every_background(string theme)
    {
        Dictionary<string, string> colors = ColorsOf(theme);

        foreach (string background in Backgrounds)
        {
            foreach (string text in Texts)
            {
                double contrast = Contrast(colors[text], colors[background]);
                Assert.True(contrast >= 4.5, $"{text} on {background}, {theme}: {contrast:F2}");
            }
        }
    }

    [Fact]
    public void Every_colour_of_text_is_tested() =>
        Assert.Equal([.. Texts.Concat(Backgrounds).Append("line").Order(StringComparer.Ordinal)], ColorsOf("dark").Keys.Order(StringComparer.Ordinal));

    /// <summary>The definitions of a theme: the first ones are the light ones, the next ones, inside the media query, the dark ones.</summary>
    private static Dictionary<string, string> ColorsOf(string theme)
    {
        string[] parts = PageResources.Style.Split("prefers-color-scheme: dark", 2);
        return Definition().Matches(theme == "light" ? parts[0] : parts[1])
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["color"].Value);
    }

    // WCAG 2.2, "contrast ratio" and "relative luminance".
    private static double Contrast(string first, string second)
    {
        double[] luminances = [.. ((string[])[first, second]).Select(Luminance).Order()];
        return (luminances[1] + 0.05) / (luminances[0] + 0.05);
    }

    private static double Luminance(string color)
    {
        double[] channels = [.. Enumerable.Range(0, 3).Select(i => Linear(int.Parse(color.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0))];
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    private static double Linear(double channel) => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);

    [GeneratedRegex("--(?<name>[a-z]+): #(?<color>[0-9a-f]{6});", RegexOptions.CultureInvariant)]
    private static partial Regex Definition();
}
