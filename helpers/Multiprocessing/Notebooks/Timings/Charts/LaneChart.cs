using System.Xml.Linq;
using Multiprocessing.Timings.Timelines;
using static Multiprocessing.Timings.Charts.ChartStyle;

namespace Multiprocessing.Timings.Charts;

/// <summary>
/// A lane for each thread and each process over one axis of time. Pieces of work that lie over each other in one lane, as an outer and an inner one do, lie below each
/// other in the drawing.
/// </summary>
internal sealed class LaneChart(string title, string description, Lanes lanes, TimeUnit unit)
{
    private const double RowHeight = 32;
    private const double LaneGap = 10;
    private const double AxisHeight = 40;
    private const double WidestName = 170;

    // Neighbours keep apart by it; a piece too short to be seen is still drawn as wide as this.
    private const double Seam = 1.5;

    private readonly double _left = Left(lanes);
    private readonly double _scale = lanes.Elapsed > TimeSpan.Zero ? (Width - Margin - Left(lanes)) / lanes.Elapsed.Ticks : 0;

    public XElement ToSvg()
    {
        IReadOnlyList<Block>[] blocks = [.. lanes.All.Select(lane => Block.Of(lane.Spans, _scale, Seam))];
        BlockKey key = new(blocks.SelectMany(ofLane => ofLane), _scale);
        var content = new List<XElement>();
        double y = HeadingHeight;
        foreach ((Lane lane, IReadOnlyList<Block> ofLane) in lanes.All.Zip(blocks))
        {
            content.Add(LaneGroup(lane, ofLane, key, y));
            y += (ofLane.Max(block => block.Row) + 1) * RowHeight + LaneGap;
        }

        // The grid lies below the blocks.
        return ChartFrame.Svg(
            title,
            description,
            y + AxisHeight + key.Height,
            [.. Heading(), .. lanes.All.Count == 0 ? [] : Axis(y), .. content, .. Key(key, y + AxisHeight)]);
    }

    private static double Left(Lanes lanes)
    {
        var names = lanes.All.Select(lane => ChartText.Width(ChartText.Fit(lane.Name, LabelSize, WidestName), LabelSize));
        return Margin + names.DefaultIfEmpty().Max() + Gap;
    }

    private static IEnumerable<XElement> Key(BlockKey key, double top) => key.Entries.SelectMany(entry => (XElement[])
    [
        ChartFrame.Text(entry.Letter, Margin + entry.X, top + entry.Y + 12, NoteSize, "text", bold: true),
        ChartFrame.Text(entry.Name, Margin + entry.X + BlockKey.LetterRoom, top + entry.Y + 12, NoteSize, "note"),
    ]);

    private XElement[] Heading()
    {
        string all = $"전체 {unit.Format(lanes.Elapsed)}";
        double room = Width - 2 * Margin - Gap - ChartText.Width(all, LabelSize);
        return lanes.All.Count == 0
            ? [ChartFrame.Heading(title, Width - 2 * Margin)]
            : [ChartFrame.Heading(title, room), ChartFrame.Text(all, Width - Margin, 44, LabelSize, "text", anchor: "end")];
    }

    private XElement LaneGroup(Lane lane, IReadOnlyList<Block> blocks, BlockKey key, double y) => new(Svg + "g",
        ChartFrame.Text(ChartText.Fit(lane.Name, LabelSize, WidestName), Margin, y + 22, LabelSize, "text", bold: true),
        blocks.Select(block => Draw(block, lane, key, y + block.Row * RowHeight)));

    private XElement Draw(Block block, Lane lane, BlockKey key, double y)
    {
        double x = _left + block.Start.Ticks * _scale;
        double width = Math.Max(block.Elapsed.Ticks * _scale - Seam, Seam);
        string details = $"{lane.Name} · {block.Name}: {unit.Format(block.Start)}부터 {unit.Format(block.Elapsed)} 동안";
        double left = Math.Min(x, Width - Margin - width);
        double corner = Math.Min(4, ChartFrame.Round(width / 3));
        return new XElement(Svg + "g",
            new XElement(Svg + "title", ChartText.Clean(details)),
            ChartFrame.Rectangle(left, y, width, RowHeight - 2, lane.IsWorker ? "process" : "thread", corner),
            key.Caption(block) is { } caption ? ChartFrame.Text(caption, x + width / 2, y + 21, NoteSize, "paper", anchor: "middle") : null);
    }

    private IEnumerable<XElement> Axis(double y)
    {
        TimeSpan step = Step(lanes.Elapsed, mostSteps: 5);
        for (TimeSpan tick = TimeSpan.Zero; tick <= lanes.Elapsed; tick += step)
        {
            double x = _left + tick.Ticks * _scale;
            yield return ChartFrame.Line(x, HeadingHeight - 6, x, y, "grid");
            string caption = unit.FormatExact(tick);
            double half = ChartText.Width(caption, NoteSize) / 2;
            yield return ChartFrame.Text(caption, Math.Min(x, Width - Margin / 2 - half), y + 20, NoteSize, "note", anchor: "middle");
            if (step == TimeSpan.Zero)
                yield break;
        }
    }

    /// <summary>
    /// From one tick of the axis to the next: the smallest step of 1, 2 or 5 times a power of ten that needs no more steps than allowed;
    /// zero if there is no time to divide.
    /// </summary>
    internal static TimeSpan Step(TimeSpan length, int mostSteps)
    {
        if (length <= TimeSpan.Zero)
            return TimeSpan.Zero;
        for (long power = 1; ; power *= 10)
        {
            foreach (long step in (ReadOnlySpan<long>)[power, 2 * power, 5 * power])
            {
                if (length.Ticks / step <= mostSteps)
                    return TimeSpan.FromTicks(step);
            }
        }
    }
}
