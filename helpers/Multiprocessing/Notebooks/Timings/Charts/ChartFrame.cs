using System.Globalization;
using System.Xml.Linq;
using static Multiprocessing.Timings.Charts.ChartStyle;

namespace Multiprocessing.Timings.Charts;

/// <summary>What is around every chart: the paper, the words for those who cannot see it.</summary>
internal static class ChartFrame
{
    /// <summary>
    /// The drawing has no ids at all (its name stands in an attribute), so that any number of charts, even equal ones, can be in one page
    /// and the same chart is always the same text.
    /// </summary>
    public static XElement Svg(string title, string description, double height, IEnumerable<XElement> content) => new(ChartStyle.Svg + "svg",
        new XAttribute("viewBox", $"0 0 {Width} {Round(height)}"),
        new XAttribute("width", Width),
        new XAttribute("height", Round(height)),
        new XAttribute("role", "img"),
        new XAttribute("aria-label", ChartText.Clean(title)),
        new XAttribute("lang", "ko"),
        new XAttribute("font-family", FontFamily),
        new XAttribute("style", "max-width:100%;height:auto"),
        new XElement(ChartStyle.Svg + "title", ChartText.Clean(title)),
        new XElement(ChartStyle.Svg + "desc", ChartText.Clean(description)),
        new XElement(ChartStyle.Svg + "style", DarkRules),
        new XElement(ChartStyle.Svg + "rect",
            new XAttribute("class", ClassPrefix + "paper"),
            new XAttribute("width", Width),
            new XAttribute("height", Round(height)),
            new XAttribute("rx", 16),
            new XAttribute("fill", Light("paper"))),
        content);

    /// <summary>The heading of a chart, above <see cref="HeadingHeight"/>.</summary>
    public static XElement Heading(string title, double room) => Text(ChartText.Fit(title, TitleSize, room), Margin, 44, TitleSize, "text", bold: true);

    /// <summary>What stands below the heading of a chart and holds for all of it; <see cref="NoteHeight"/> high.</summary>
    public static XElement Note(string note) =>
        Text(ChartText.Fit(note, NoteSize, Width - 2 * Margin), Margin, HeadingHeight + 4, NoteSize, "note");

    public static XElement Text(
        string text, double x, double y, double size, string role, bool bold = false, string? anchor = null) => new(ChartStyle.Svg + "text",
        new XAttribute("class", ClassPrefix + role),
        new XAttribute("x", Round(x)),
        new XAttribute("y", Round(y)),
        new XAttribute("font-size", size),
        bold ? new XAttribute("font-weight", 700) : null,
        anchor is null ? null : new XAttribute("text-anchor", anchor),
        new XAttribute("fill", Light(role)),
        text);

    public static XElement Rectangle(
        double x, double y, double width, double height, string role, double? radius = null) => new(ChartStyle.Svg + "rect",
        new XAttribute("class", ClassPrefix + role),
        new XAttribute("x", Round(x)),
        new XAttribute("y", Round(y)),
        new XAttribute("width", Round(width)),
        new XAttribute("height", height),
        radius is { } corner ? new XAttribute("rx", corner) : null,
        new XAttribute("fill", Light(role)));

    public static XElement Line(double x1, double y1, double x2, double y2, string role, double? thickness = null, string? dashes = null) => new(
        ChartStyle.Svg + "line",
        new XAttribute("class", ClassPrefix + role + "-line"),
        new XAttribute("x1", Round(x1)),
        new XAttribute("y1", Round(y1)),
        new XAttribute("x2", Round(x2)),
        new XAttribute("y2", Round(y2)),
        Stroke(role, thickness, dashes));

    public static XElement Path(string path, string role, double thickness, string? dashes = null) => new(ChartStyle.Svg + "path",
        new XAttribute("class", ClassPrefix + role + "-line"),
        new XAttribute("d", path),
        new XAttribute("fill", "none"),
        Stroke(role, thickness, dashes));

    private static IEnumerable<XAttribute?> Stroke(string role, double? thickness, string? dashes) =>
    [
        new("stroke", Light(role)),
        thickness is { } width ? new("stroke-width", width) : null,
        dashes is null ? null : new("stroke-dasharray", dashes),
    ];

    /// <summary>A place in a path.</summary>
    public static string Place(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{Round(x)} {Round(y)}");

    /// <summary>Two decimals are finer than any screen, and keep the text of a chart short.</summary>
    public static double Round(double coordinate) => Math.Round(coordinate, 2);
}
