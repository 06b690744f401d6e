using System.Xml.Linq;
using Multiprocessing.Timings.Timelines;
using static Multiprocessing.Timings.Charts.ChartStyle;

namespace Multiprocessing.Timings.Charts;

/// <summary>
/// A lane for each thread and each process over one axis of time. Pieces of work that lie over each other in one lane, as an outer and an inner one do, lie below each
/// other in the drawing.
/// </summary>
internal sealed class LaneChart
{
    private const double RowHeight = 32;
    private const double LaneGap = 10;
    private const double AxisHeight = 40;
    private const double WidestName = 170;

    // Neighbours keep apart by it; a piece too short to be seen is still drawn as wide as this.
    private const double Seam = 1.5;

    private readonly string _title;
    private readonly string _description;
    private readonly Lanes _lanes;
    private readonly TimeUnit _unit;
    private readonly double _left;
    private readonly double _scale;

    public LaneChart(string title, string description, Lanes lanes, TimeUnit unit)
    {
        _title = title;
        _description = description;
        _lanes = lanes;
        _unit = unit;
        double names = lanes.All.Select(lane => ChartText.Width(ChartText.Fit(lane.Name, LabelSize, WidestName), LabelSize)).DefaultIfEmpty().Max();
        _left = Margin + names + Gap;
        _scale = lanes.Elapsed > TimeSpan.Zero ? (Width - Margin - _left) / lanes.Elapsed.Ticks : 0;
    }

    public XElement ToSvg()
    {
        BlockRows[] rows = [.. _lanes.All.Select(lane => BlockRows.Of(lane.Spans, _scale, Seam))];
        BlockKey key = new(rows.SelectMany(row => row.Blocks), _scale);
        var content = new List<XElement>();
        double y = HeadingHeight;
        foreach ((Lane lane, BlockRows lanesRows) in _lanes.All.Zip(rows))
        {
            content.Add(LaneGroup(lane, lanesRows, key, y));
            y += lanesRows.Count * RowHeight + LaneGap;
        }

        // The grid lies below the blocks.
        return ChartFrame.Svg(
            _title, _description, y + AxisHeight + key.Height, [.. Heading(), .. _lanes.All.Count == 0 ? [] : Axis(y), .. content, .. Key(key, y + AxisHeight)]);
    }

    private static IEnumerable<XElement> Key(BlockKey key, double top) => key.Entries.SelectMany(entry => (XElement[])
    [
        ChartFrame.Text(entry.Letter, Margin + entry.X, top + entry.Y + 12, NoteSize, "text", bold: true),
        ChartFrame.Text(entry.Name, Margin + entry.X + BlockKey.LetterRoom, top + entry.Y + 12, NoteSize, "note"),
    ]);

    private XElement[] Heading()
    {
        string all = $"전체 {_unit.Format(_lanes.Elapsed)}";
        double room = Width - 2 * Margin - Gap - ChartText.Width(all, LabelSize);
        return _lanes.All.Count == 0
            ? [ChartFrame.Heading(_title, Width - 2 * Margin)]
            : [ChartFrame.Heading(_title, room), ChartFrame.Text(all, Width - Margin, 44, LabelSize, "text", anchor: "end")];
    }

    private XElement LaneGroup(Lane lane, BlockRows rows, BlockKey key, double y) => new(Svg + "g",
        ChartFrame.Text(ChartText.Fit(lane.Name, LabelSize, WidestName), Margin, y + 22, LabelSize, "text", bold: true),
        rows.Blocks.Select(block => Block(block, lane, key, y + block.Row * RowHeight)));

    private XElement Block(Block block, Lane lane, BlockKey key, double y)
    {
        double x = _left + block.Start.Ticks * _scale;
        double width = Math.Max(block.Elapsed.Ticks * _scale - Seam, Seam);
        return new XElement(Svg + "g",
            new XElement(Svg + "title", ChartText.Clean($"{lane.Name} · {block.Name}: {_unit.Format(block.Start)}부터 {_unit.Format(block.Elapsed)} 동안")),
            new XElement(Svg + "rect",
                new XAttribute("class", ClassPrefix + Role(lane)),
                new XAttribute("x", ChartFrame.Round(Math.Min(x, Width - Margin - width))),
                new XAttribute("y", ChartFrame.Round(y)),
                new XAttribute("width", ChartFrame.Round(width)),
                new XAttribute("height", RowHeight - 2),
                new XAttribute("rx", Math.Min(4, ChartFrame.Round(width / 3))),
                new XAttribute("fill", Light(Role(lane)))),
            key.Caption(block) is { } caption ? ChartFrame.Text(caption, x + width / 2, y + 21, NoteSize, "paper", anchor: "middle") : null);
    }

    private IEnumerable<XElement> Axis(double y)
    {
        TimeSpan step = TimeAxis.Step(_lanes.Elapsed, mostSteps: 5);
        for (TimeSpan tick = TimeSpan.Zero; tick <= _lanes.Elapsed; tick += step)
        {
            double x = _left + tick.Ticks * _scale;
            yield return new XElement(Svg + "line",
                new XAttribute("class", ClassPrefix + "grid-line"),
                new XAttribute("x1", ChartFrame.Round(x)),
                new XAttribute("y1", ChartFrame.Round(HeadingHeight - 6)),
                new XAttribute("x2", ChartFrame.Round(x)),
                new XAttribute("y2", ChartFrame.Round(y)),
                new XAttribute("stroke", Light("grid")));
            string caption = _unit.FormatExact(tick);
            double half = ChartText.Width(caption, NoteSize) / 2;
            yield return ChartFrame.Text(caption, Math.Min(x, Width - Margin / 2 - half), y + 20, NoteSize, "note", anchor: "middle");
            if (step == TimeSpan.Zero)
                yield break;
        }
    }

    private static string Role(Lane lane) => lane.IsWorker ? "process" : "thread";
}
