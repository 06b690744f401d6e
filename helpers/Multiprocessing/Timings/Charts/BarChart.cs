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

    private readonly string _title;
    private readonly string _description;
    private readonly IReadOnlyList<Bar> _bars;
    private readonly double _scale;

    public BarChart(string title, string description, IReadOnlyList<Bar> bars)
    {
        _title = title;
        _description = description;
        _bars = bars;

        double captionWidth = bars.Select(bar => ChartText.Width(bar.Caption, LabelSize)).DefaultIfEmpty().Max();
        double longest = bars.Select(bar => Math.Max(bar.Length, bar.Mark ?? 0)).DefaultIfEmpty().Max();
        _scale = longest > 0 ? (Width - 2 * Margin - Gap - captionWidth) / longest : 0;
    }

    public XElement ToSvg()
    {
        var rows = new List<XElement> { ChartFrame.Heading(_title, Width - 2 * Margin) };
        double y = HeadingHeight;
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
        return new XElement(Svg + "g",
            new XElement(Svg + "title", ChartText.Clean(bar.Details)),
            ChartFrame.Text(ChartText.Fit(bar.Name, LabelSize, Width - 2 * Margin), Margin, y + 18, LabelSize, "text", bold: true),
            Shape(bar, y, end),
            // Zero, where all bars begin: it also shows where a bar too short to be seen would be.
            Line(Margin, y, 2, "note"),
            bar.Mark is null ? null : Mark(bar, y, mark),
            ChartFrame.Text(bar.Caption, Math.Max(end, mark) + Gap, y + BarTop + 20, LabelSize, "text"));
    }

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

    private static XElement Line(double x, double y, double thickness, string role) => new(Svg + "line",
        new XAttribute("class", ClassPrefix + role + "-line"),
        new XAttribute("x1", ChartFrame.Round(x)),
        new XAttribute("y1", ChartFrame.Round(y + BarTop - Overhang)),
        new XAttribute("x2", ChartFrame.Round(x)),
        new XAttribute("y2", ChartFrame.Round(y + BarBottom + Overhang)),
        new XAttribute("stroke", Light(role)),
        new XAttribute("stroke-width", thickness));
}
