using System.Globalization;
using System.Xml.Linq;
using static Multiprocessing.Timings.Charts.ChartStyle;

namespace Multiprocessing.Timings.Charts;

/// <summary>
/// Horizontal bars from zero, each with its name above it and its caption at its end: nothing must be looked up in a legend, and
/// names may be long.
/// </summary>
internal sealed class BarChart
{
    private const double BarTop = 30;
    private const double BarHeight = 28;
    private const double BarBottom = BarTop + BarHeight;
    private const double Overhang = 6;
    private const double RowGap = 20;
    private const double MarkCaptionHeight = 24;
    private const double NoteHeight = 26;
    private const double WhiskerEnd = 5;

    private readonly string _title;
    private readonly string _description;
    private readonly IReadOnlyList<Bar> _bars;
    private readonly string? _note;
    private readonly double _scale;

    /// <param name="title">The heading.</param>
    /// <param name="description">What the chart shows, for those who cannot see it.</param>
    /// <param name="bars">From top to bottom.</param>
    /// <param name="note">What stands below the heading and holds for all bars; null for nothing.</param>
    public BarChart(string title, string description, IReadOnlyList<Bar> bars, string? note = null)
    {
        _title = title;
        _description = description;
        _bars = bars;
        _note = note;

        double captionWidth = bars.Select(bar => ChartText.Width(bar.Caption, LabelSize)).DefaultIfEmpty().Max();
        double longest = bars.Select(bar => Math.Max(End(bar), bar.Mark ?? 0)).DefaultIfEmpty().Max();
        _scale = longest > 0 ? (Width - 2 * Margin - Gap - captionWidth) / longest : 0;
    }

    public XElement ToSvg()
    {
        var rows = new List<XElement> { ChartFrame.Heading(_title, Width - 2 * Margin) };
        double y = HeadingHeight;
        if (_note is not null)
        {
            rows.Add(ChartFrame.Text(ChartText.Fit(_note, NoteSize, Width - 2 * Margin), Margin, y + 4, NoteSize, "note"));
            y += NoteHeight;
        }

        foreach (Bar bar in _bars)
        {
            rows.Add(Row(bar, y));
            y += BarBottom + RowGap + (bar.Mark is null ? 0 : MarkCaptionHeight);
        }

        return ChartFrame.Svg(_title, _description, y + Margin - RowGap, rows);
    }

    private XElement Row(Bar bar, double y)
    {
        double end = Margin + bar.Length * _scale;
        double mark = Margin + (bar.Mark ?? 0) * _scale;
        double room = Width - 2 * Margin - (bar.Note is { } beside ? ChartText.Width(beside, NoteSize) + Gap : 0);
        return new XElement(Svg + "g",
            new XElement(Svg + "title", ChartText.Clean(bar.Details)),
            ChartFrame.Text(ChartText.Fit(bar.Name, LabelSize, room), Margin, y + 18, LabelSize, "text", bold: true),
            bar.Note is { } note ? ChartFrame.Text(note, Width - Margin, y + 18, NoteSize, "note", anchor: "end") : null,
            Shape(bar, y, end),
            // Zero, where all bars begin: it also shows where a bar too short to be seen would be.
            Line(Margin, y, 2, "note"),
            bar.Mark is null ? null : Mark(bar, y, mark),
            bar.Spread is var (from, to) ? Whisker(Margin + from * _scale, Margin + to * _scale, y + BarTop + BarHeight / 2) : null,
            ChartFrame.Text(bar.Caption, Math.Max(Margin + End(bar) * _scale, mark) + Gap, y + BarTop + 20, LabelSize, "text"));
    }

    // In the unit of the data.
    private static double End(Bar bar) => Math.Max(bar.Length, bar.Spread?.To ?? 0);

    private static XElement Shape(Bar bar, double y, double end)
    {
        string role = bar.IsBaseline ? "baseline" : "bar";
        return new XElement(Svg + "rect",
            new XAttribute("class", ClassPrefix + role),
            new XAttribute("x", Margin),
            new XAttribute("y", ChartFrame.Round(y + BarTop)),
            new XAttribute("width", ChartFrame.Round(end - Margin)),
            new XAttribute("height", BarHeight),
            new XAttribute("fill", Light(role)));
    }

    private static IEnumerable<XElement> Mark(Bar bar, double y, double x)
    {
        // The rim in the paper's colour lets the line stand out from a dark bar.
        yield return Line(x, y, 5, "paper");
        yield return Line(x, y, 3, "text");
        if (bar.MarkCaption is not { } caption)
            yield break;
        double half = ChartText.Width(caption, NoteSize) / 2;
        double center = Math.Clamp(x, Margin + half, Width - Margin - half);
        yield return ChartFrame.Text(caption, center, y + BarBottom + MarkCaptionHeight, NoteSize, "note", anchor: "middle");
    }

    // A line with a stroke across each end; it has the rim that the mark has.
    private static XElement[] Whisker(double from, double to, double y)
    {
        (double left, double right) = (ChartFrame.Round(from), ChartFrame.Round(to));
        string path = string.Create(
            CultureInfo.InvariantCulture,
            $"M{left} {y - WhiskerEnd}V{y + WhiskerEnd}M{left} {y}H{right}M{right} {y - WhiskerEnd}V{y + WhiskerEnd}");
        return [Stroke(path, 4.5, "paper"), Stroke(path, 2, "text")];
    }

    private static XElement Stroke(string path, double thickness, string role) => new(Svg + "path",
        new XAttribute("class", ClassPrefix + role + "-line"),
        new XAttribute("d", path),
        new XAttribute("fill", "none"),
        new XAttribute("stroke", Light(role)),
        new XAttribute("stroke-width", thickness));

    private static XElement Line(double x, double y, double thickness, string role) => new(Svg + "line",
        new XAttribute("class", ClassPrefix + role + "-line"),
        new XAttribute("x1", ChartFrame.Round(x)),
        new XAttribute("y1", ChartFrame.Round(y + BarTop - Overhang)),
        new XAttribute("x2", ChartFrame.Round(x)),
        new XAttribute("y2", ChartFrame.Round(y + BarBottom + Overhang)),
        new XAttribute("stroke", Light(role)),
        new XAttribute("stroke-width", thickness));
}
