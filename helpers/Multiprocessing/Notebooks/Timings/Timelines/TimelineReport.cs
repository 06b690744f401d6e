using System.Xml.Linq;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings.Timelines;

/// <summary>Puts a timeline into words, the chart's and the table's.</summary>
internal sealed class TimelineReport(string title, Lanes lanes)
{
    /// <summary>A table of a hundred thousand rows helps nobody, and would be stored with the notebook.</summary>
    private const int MostRows = 200;

    private readonly TimeUnit _unit = TimeUnit.For(lanes.Elapsed);

    /// <summary>The chart as inline SVG, with the table folded below it.</summary>
    public XElement ToHtml() => new("div", new LaneChart(title, Describe(), lanes, _unit).ToSvg(), Table().ToHtml("표로 보기"));

    public string ToText() => $"{ChartText.Clean(title)}\n{Table().ToText()}";

    private string Describe() => lanes.All.Count == 0
        ? "아직 기록한 구간이 없습니다."
        : $"처음부터 끝까지 {_unit.Format(lanes.Elapsed)}. " + string.Join(" ", lanes.All.Select(Describe));

    private string Describe(Lane lane) =>
        $"{lane.Name}: 구간 {lane.Spans.Count}개, {_unit.Format(lane.Spans[0].Start)}부터 {_unit.Format(lane.Spans.Max(span => span.Start + span.Elapsed))}까지.";

    /// <summary>The figures of the chart.</summary>
    public DataTable Table()
    {
        string[][] rows = [.. lanes.Spans.Take(MostRows).Select(Row)];
        int more = lanes.Spans.Count - rows.Length;
        return new(["구간", "실행 위치", "시작", "끝", "시간"], more == 0 ? rows : [.. rows, [$"그 밖에 {more}개", "", "", "", ""]]);
    }

    private string[] Row(TimelineSpan span) =>
        [span.Name, span.Lane, _unit.Format(span.Start), _unit.Format(span.Start + span.Elapsed), _unit.Format(span.Elapsed)];
}
