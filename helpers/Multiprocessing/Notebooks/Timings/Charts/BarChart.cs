using System.Globalization;
using System.Xml.Linq;
using static Multiprocessing.Timings.Charts.ChartStyle;

namespace Multiprocessing.Timings.Charts;

/// <summary>
/// Horizontal bars from zero, each with its name above it and its caption at its end: nothing must be looked up in a legend, and
/// names may be long.
/// </summary>
/// <param name="title">The heading.</param>
/// <param name="description">What the chart shows, for those who cannot see it.</param>
/// <param name="bars">From top to bottom.</param>
/// <param name="note">What stands below the heading and holds for all bars; null for nothing.</param>
internal sealed class BarChart(string title, string description, IReadOnlyList<Bar> bars, string? note)
{
    private const double BarTop = 30;
    private const double BarHeight = 28;
    private const double BarBottom = BarTop + BarHeight;
    private const double Overhang = 6;
    private const double RowGap = 20;
    private const double MarkCaptionHeight = 24;
    private const double WhiskerEnd = 5;

    private readonly double _scale = Scale(bars);

    public XElement ToSvg()
    {
        var rows = new List<XElement> { ChartFrame.Heading(title, Width - 2 * Margin) };
        double y = HeadingHeight;
        if (note is not null)
        {
            rows.Add(ChartFrame.Note(note));
            y += NoteHeight;
        }

        foreach (Bar bar in bars)
        {
            rows.Add(Row(bar, y));
            y += BarBottom + RowGap + (bar.Mark is null ? 0 : MarkCaptionHeight);
        }

        return ChartFrame.Svg(title, description, y + Margin - RowGap, rows);
    }

    private XElement Row(Bar bar, double y)
    {
        double end = Margin + bar.Length * _scale;
        double mark = Margin + (bar.Mark ?? 0) * _scale;
        double room = Width - 2 * Margin - (bar.Note is { } beside ? ChartText.Width(beside, NoteSize) + Gap : 0);
        return new XElement(Svg + "g",
            new XElement(Svg + "title", ChartText.Clean(bar.Details)),
            ChartFrame.Text(ChartText.Fit(bar.Name, LabelSize, room), Margin, y + 18, LabelSize, "text", bold: true),
            bar.Note is { } above ? ChartFrame.Text(above, Width - Margin, y + 18, NoteSize, "note", anchor: "end") : null,
            ChartFrame.Rectangle(Margin, y + BarTop, end - Margin, BarHeight, bar.IsBaseline ? "baseline" : "bar"),
            // Zero, where all bars begin: it also shows where a bar too short to be seen would be.
            Line(Margin, y, 2, "note"),
            bar.Mark is null ? null : Mark(bar, y, mark),
            bar.Spread is var (from, to) ? Whisker(Margin + from * _scale, Margin + to * _scale, y + BarTop + BarHeight / 2) : null,
            ChartFrame.Text(bar.Caption, Math.Max(Margin + End(bar) * _scale, mark) + Gap, y + BarTop + 20, LabelSize, "text"));
    }

    private static double Scale(IReadOnlyList<Bar> bars)
    {
        double captionWidth = bars.Select(bar => ChartText.Width(bar.Caption, LabelSize)).DefaultIfEmpty().Max();
        double longest = bars.Select(bar => Math.Max(End(bar), bar.Mark ?? 0)).DefaultIfEmpty().Max();
        return longest > 0 ? (Width - 2 * Margin - Gap - captionWidth) / longest : 0;
    }

    // In the unit of the data.
    private static double End(Bar bar) => Math.Max(bar.Length, bar.Spread?.To ?? 0);

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
        return [ChartFrame.Path(path, "paper", 4.5), ChartFrame.Path(path, "text", 2)];
    }

    private static XElement Line(double x, double y, double thickness, string role) =>
        ChartFrame.Line(x, y + BarTop - Overhang, x, y + BarBottom + Overhang, role, thickness);
}

/// <summary>One bar of a <see cref="BarChart"/>. Lengths are in the unit of the data, not of the drawing.</summary>
internal sealed record Bar(string Name, double Length)
{
    /// <summary>What stands at the end of the bar.</summary>
    public required string Caption { get; init; }

    /// <summary>What a pointer over the bar shows.</summary>
    public required string Details { get; init; }

    /// <summary>What stands above the end of the bar, beside its name; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The shortest and the longest of what was measured, drawn as a whisker along the bar; null if it was measured once.</summary>
    public (double From, double To)? Spread { get; init; }

    /// <summary>A length to compare with, marked by a line across the bar.</summary>
    public double? Mark { get; init; }

    /// <summary>What stands below the mark.</summary>
    public string? MarkCaption { get; init; }

    /// <summary>Whether the others are compared with this one; it is drawn in a quieter colour.</summary>
    public bool IsBaseline { get; init; }
}
