using System.Globalization;
using System.Xml.Linq;
using static Multiprocessing.Timings.Charts.ChartStyle;

namespace Multiprocessing.Timings.Charts;

/// <summary>
/// Speed-ups against numbers of workers: a line with markers for each kind of work, its name at its end, so that nothing must be looked up in a legend; the ideal line, on which twice the workers
/// are twice as fast; and the number of processors.
/// </summary>
internal sealed class LineChart
{
    private const double PlotHeight = 250;
    private const double LabelGap = 34;
    private const int MostTicks = 8;
    private const double AxisTitleHeight = 26;
    private const double CoresHeight = 26;
    private const double TicksHeight = 52;
    private const double LabelHeight = 22;
    private const double WidestLabel = 150;

    private readonly string _title;
    private readonly string _description;
    private readonly IReadOnlyList<Line> _lines;
    private readonly int _cores;
    private readonly string? _note;
    private readonly (string Text, bool IsName)[][] _labels;
    private readonly double _top;
    private readonly DoublingAxis _x;
    private readonly DoublingAxis _y;

    /// <param name="title">The heading.</param>
    /// <param name="description">What the chart shows, for those who cannot see it.</param>
    /// <param name="lines">In the order in which they get colours and markers.</param>
    /// <param name="cores">How many processors there are.</param>
    /// <param name="note">What stands below the heading; null for nothing.</param>
    public LineChart(string title, string description, IReadOnlyList<Line> lines, int cores, string? note)
    {
        _title = title;
        _description = description;
        _lines = lines;
        _cores = cores;
        _note = note;
        _top = HeadingHeight + (note is null ? 0 : NoteHeight) + AxisTitleHeight + CoresHeight;

        LinePoint[] points = [.. lines.SelectMany(line => line.Points)];
        int most = points.Select(point => point.X).DefaultIfEmpty(2).Max();
        // A number of processors that is not far off is worth the room.
        double right = Math.Max(2, cores <= 2 * most ? Math.Max(most, cores) : most);
        _labels = [[("이론값", false)], .. lines.Select(Label)];
        double labels = _labels.SelectMany(rows => rows).Max(row => ChartText.Width(row.Text, NoteSize));
        _y = DoublingAxis.Around(
            points.Select(point => point.Least).Append(1).Min(), points.Select(point => point.Most).Append(right).Max(), _top + PlotHeight, _top);
        double ticks = _y.Powers(MostTicks).Max(power => ChartText.Width(Tick(power), NoteSize));
        _x = new(1, right, Margin + ticks + Gap, Width - Margin - labels - LabelGap - Marker.Room);
    }

    public XElement ToSvg() => ChartFrame.Svg(_title, _description, Bottom() + Margin / 2,
    [
        ChartFrame.Heading(_title, Width - 2 * Margin),
        .. _note is null ? [] : (XElement[])[ChartFrame.Note(_note)],
        .. Axes(),
        Curve([(1, 1), (_x.Most, _x.Most)], "note", 1.5),
        .. Cores(),
        .. _lines.Select(Draw),
        .. LabelTexts(),
    ]);

    private IEnumerable<XElement> Axes()
    {
        yield return ChartFrame.Text("속도 향상(배)", Margin, _top - CoresHeight - 6, NoteSize, "note");
        foreach (double power in _y.Powers(MostTicks))
        {
            yield return ChartFrame.Line(_x.Start, _y.At(power), _x.End, _y.At(power), "grid", 1);
            yield return ChartFrame.Text(Tick(power), _x.Start - Gap, _y.At(power) + 6, NoteSize, "note", anchor: "end");
        }

        double free = 0;
        foreach (int workers in _lines.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order())
        {
            string caption = workers.ToString(CultureInfo.InvariantCulture);
            double half = ChartText.Width(caption, NoteSize) / 2;
            if (_x.At(workers) - half < free)
                continue;
            free = _x.At(workers) + half + Gap / 2;
            yield return ChartFrame.Line(_x.At(workers), _y.Start, _x.At(workers), _y.Start + 5, "note", 1);
            yield return ChartFrame.Text(caption, _x.At(workers), _y.Start + 24, NoteSize, "note", anchor: "middle");
        }

        yield return ChartFrame.Text("작업자 수", (_x.Start + _x.End) / 2, _y.Start + 46, NoteSize, "note", anchor: "middle");
    }

    private static string Tick(double power) => power.ToString("#,0.####", CultureInfo.InvariantCulture);

    private IEnumerable<XElement> Cores()
    {
        bool isInside = _cores <= _x.Most;
        string caption = string.Create(CultureInfo.InvariantCulture, $"코어 {_cores}개{(isInside ? "" : " →")}");
        double x = isInside ? _x.At(_cores) : _x.End;
        double half = ChartText.Width(caption, NoteSize) / 2;
        if (isInside)
            yield return ChartFrame.Line(x, _top - 4, x, _y.Start, "text", 1.5, "2 4");
        yield return ChartFrame.Text(caption, Math.Clamp(x, Margin + half, Width - Margin - half), _top - 10, NoteSize, "text", anchor: "middle");
    }

    private XElement Draw(Line line, int index) => new(Svg + "g",
        new XElement(Svg + "title", ChartText.Clean(line.Name)),
        line.Law is { } law ? Curve([.. _x.Steps(48).Select(x => (x, law(x)))], Marker.Role(index), 2, "6 5") : null,
        line.Points.Count == 0 ? null : Curve([.. line.Points.Select(point => ((double)point.X, point.Y))], Marker.Role(index), 2.5),
        line.Points.Select(point => new XElement(Svg + "g",
            new XElement(Svg + "title", ChartText.Clean(point.Details)),
            point.Least < point.Most
                ? ChartFrame.Line(_x.At(point.X), _y.At(point.Most), _x.At(point.X), _y.At(point.Least), "text", 1.5)
                : null,
            Marker.Draw(index, _x.At(point.X), _y.At(point.Y)))));

    private static (string Text, bool IsName)[] Label(Line line) =>
    [
        .. ChartText.Wrap(line.Name, NoteSize, WidestLabel, mostLines: 2).Select(text => (text, true)),
        .. line.LawCaption is { } caption ? [(caption, false)] : ((string, bool)[])[],
    ];

    // Of the ideal line first, then of the others; each beside the end of its line.
    private double[] LabelTops()
    {
        double[] ends = [_y.At(_x.Most), .. _lines.Select(line => line.Points.Count == 0 ? _y.Start : _y.At(line.Points[^1].Y))];
        return Place(
            [.. ends.Zip(_labels, (end, rows) => (end, rows.Length * LabelHeight))], _top - LabelHeight / 2, _y.Start + LabelHeight / 2);
    }

    /// <summary>Labels below each other, each as near as can be to the line that it belongs to.</summary>
    /// <param name="labels">The wanted middle and the height of each.</param>
    /// <param name="top">Where the column begins. It ends where it must.</param>
    /// <param name="bottom">Where it ends if there is room.</param>
    /// <returns>The top of each label.</returns>
    internal static double[] Place(IReadOnlyList<(double Middle, double Height)> labels, double top, double bottom)
    {
        int[] order = [.. Enumerable.Range(0, labels.Count).OrderBy(index => labels[index].Middle)];
        double[] tops = new double[labels.Count];
        double free = top;
        foreach (int index in order)
        {
            tops[index] = Math.Max(free, labels[index].Middle - labels[index].Height / 2);
            free = tops[index] + labels[index].Height;
        }

        // What was pushed over the end goes up again, and pushes those above it.
        double end = Math.Max(bottom, top + labels.Sum(label => label.Height));
        foreach (int index in order.Reverse())
        {
            tops[index] = Math.Min(tops[index], end - labels[index].Height);
            end = tops[index];
        }

        return tops;
    }

    private IEnumerable<XElement> LabelTexts()
    {
        double x = _x.End + Marker.Room + LabelGap;
        double[] tops = LabelTops();
        for (int i = 0; i < tops.Length; i++)
        {
            double middle = tops[i] + LabelHeight / 2;
            yield return i == 0
                ? ChartFrame.Line(x - 2 * Marker.Room - 4, middle, x - 4, middle, "note", 1.5)
                : Marker.Draw(i - 1, x - Marker.Room - 4, middle);
            for (int row = 0; row < _labels[i].Length; row++)
            {
                var (text, isName) = _labels[i][row];
                yield return ChartFrame.Text(text, x, middle + row * LabelHeight + 5, NoteSize, isName ? "text" : "note", bold: isName);
            }
        }
    }

    private double Bottom() => Math.Max(_y.Start + TicksHeight, LabelTops().Zip(_labels, (top, rows) => top + rows.Length * LabelHeight).Max());

    private XElement Curve(IReadOnlyList<(double X, double Y)> points, string role, double thickness, string? dashes = null) =>
        ChartFrame.Path(
            "M" + string.Join('L', points.Select(point => ChartFrame.Place(_x.At(point.X), _y.At(point.Y)))), role, thickness, dashes);
}

/// <summary>A line of a <see cref="LineChart"/>. Its colour and its marker come from its place among the others.</summary>
/// <param name="Name">What stands at its end.</param>
/// <param name="Points">From left to right.</param>
internal sealed record Line(string Name, IReadOnlyList<LinePoint> Points)
{
    /// <summary>What a law gives for a number of workers, drawn as a dashed line; null for none.</summary>
    public Func<double, double>? Law { get; init; }

    /// <summary>What stands below the name, about the law.</summary>
    public string? LawCaption { get; init; }
}

/// <summary>A point of a <see cref="Line"/>.</summary>
/// <param name="X">Its place to the right.</param>
/// <param name="Y">Its height.</param>
/// <param name="Least">The lowest of what was measured.</param>
/// <param name="Most">The highest.</param>
/// <param name="Details">What a pointer over it shows.</param>
internal sealed record LinePoint(int X, double Y, double Least, double Most, string Details);

/// <summary>How a line is told from the others: by a colour and, for those who do not see it, by a shape.</summary>
internal static class Marker
{
    private const double Radius = 6;

    private static readonly string[] Roles = ["bar", "thread", "system"];

    // Around the middle: a disc, a square, a triangle, a diamond. Three colours and four shapes make twelve.
    private static readonly string[] Shapes =
    [
        "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
        "m-5.5-5.5h11v11h-11z",
        "m0-7.5l7 12.5h-14z",
        "m0-7.5l7.5 7.5-7.5 7.5-7.5-7.5z",
    ];

    /// <summary>The room that it takes to either side.</summary>
    public const double Room = Radius + 2;

    public static string Role(int index) => Roles[index % Roles.Length];

    public static XElement Draw(int index, double x, double y) => new(Svg + "path",
        new XAttribute("class", ClassPrefix + Role(index)),
        new XAttribute("d", $"M{ChartFrame.Place(x, y)}{Shapes[index % Shapes.Length]}"),
        new XAttribute("fill", Light(Role(index))));
}
