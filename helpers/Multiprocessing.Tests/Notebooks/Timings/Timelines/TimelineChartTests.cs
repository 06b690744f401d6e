using System.Diagnostics;
using System.Xml.Linq;
using Multiprocessing.Timings.Charts;
using Multiprocessing.Timings.Timelines;
using static Multiprocessing.Tests.Notebooks.Timings.Shown;

namespace Multiprocessing.Tests.Notebooks.Timings.Timelines;

public class TimelineChartTests
{
    private static readonly int Here = Environment.ProcessId;

    public static TheoryData<string> Awkward => new(AwkwardSpans.Keys);

    private static readonly Dictionary<string, RecordedSpan[]> AwkwardSpans = new()
    {
        ["three ways"] = ThreeWays(),
        ["none"] = [],
        ["no time at all"] = [Span("일", 0, 0), Span("일", 0, 0)],
        ["a nanosecond beside an hour"] = [Span("짧은 일", 0, 1e-7), Span("긴 일", 1, 3601)],
        ["the last piece is too short to be seen"] = [Span("긴 일", 0, 100), Span("짧은 일", 99.9999, 100)],
        ["over each other"] = [Span("밖", 0, 10), Span("안", 1, 9), Span("더 안", 2, 8), Span("옆", 9, 12)],
        ["long names"] = [Span(new string('힣', 500), 0, 1, name: new string('W', 500))],
        ["markup"] = [Span("</text><script>alert(1)</script>", 0, 1, name: "<b>&\"'")],
        ["control characters"] = [Span("한 줄\n두 줄\0\ufffe", 0, 1, name: "반쪽 \ud83d")],
        ["long names in short blocks"] = [.. Enumerable.Range(1, 12).Select(i => Span(new string((char)('가' + i), 50), i, i + 1))],
        ["forty lanes"] = [.. Enumerable.Range(1, 40).Select(i => Span($"{i}", i, i + 1, thread: i))],
        ["a million years"] = [Span("일", 0, 3e11)],
    };

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Every_chart_is_XML_whose_shapes_and_texts_lie_inside_its_view_box(string name) => StaysInside(Chart(AwkwardSpans[name]));

    [Fact]
    public void Blocks_stand_where_their_times_are()
    {
        XElement[] blocks = Blocks(Chart([Span("a", 0, 1), Span("b", 1, 2), Span("c", 0.5, 1.5, thread: 2), Span("d", 2, 4, process: 99)]));

        Assert.Equal(4, blocks.Length);
        XElement a = blocks[0], b = blocks[1], c = blocks[2], d = blocks[3];
        double unit = b.Number("x") - a.Number("x");
        Assert.Equal(a.Number("x") + unit / 2, c.Number("x"), tolerance: 0.05);
        Assert.Equal(a.Number("x") + 2 * unit, d.Number("x"), tolerance: 0.05);
        Assert.Equal(2 * unit, d.Number("width"), tolerance: 2);
        Assert.Equal(a.Number("y"), b.Number("y"));
        Assert.True(a.Number("y") < c.Number("y") && c.Number("y") < d.Number("y"));
    }

    [Fact]
    public void Threads_and_processes_are_told_apart_by_name_and_by_colour()
    {
        XElement chart = Chart(ThreeWays());

        Assert.Equal(["스레드 1", "스레드 2", "스레드 3", "프로세스 1", "프로세스 2"], Lanes(chart).Select(lane => lane.Element(Svg + "text")!.Value));
        Assert.Equal(
            ["timings-thread", "timings-thread", "timings-thread", "timings-process", "timings-process"],
            Lanes(chart).Select(lane => lane.Descendants(Svg + "rect").Select(block => block.Attribute("class")!.Value).Distinct().Single()));
    }

    [Fact]
    public void A_pointer_over_a_block_shows_what_ran_where_and_when()
    {
        XElement block = Lanes(Chart(ThreeWays())).ElementAt(3).Elements(Svg + "g").First();

        Assert.Equal("프로세스 1 · 제곱: 2.50초부터 0.80초 동안", block.Element(Svg + "title")!.Value);
        Assert.Equal("제곱", block.Element(Svg + "text")!.Value);
    }

    [Fact]
    public void A_name_that_does_not_fit_has_a_letter_in_its_block_and_beside_the_name_below()
    {
        XElement chart = Chart([Span("제곱 1", 0, 0.05), Span("제곱 2", 0.05, 0.1), Span("긴 구간", 0.1, 0.8), Span("제곱 1", 0, 0.05, thread: 2)]);

        Assert.Equal(["a", "b", "긴 구간", "a"], Lanes(chart).Elements(Svg + "g").Select(block => block.Element(Svg + "text")!.Value));
        Assert.Equal(["a", "제곱 1", "b", "제곱 2"], chart.Elements(Svg + "text").TakeLast(4).Select(text => text.Value));
    }

    [Fact]
    public void More_names_than_letters_are_left_to_the_table()
    {
        XElement chart = Chart([.. Enumerable.Range(0, 27).Select(i => Span($"구간 {i}", i % 10, i % 10 + 0.6, thread: i))]);

        Assert.DoesNotContain(Lanes(chart).Elements(Svg + "g").Elements(Svg + "text"), text => text.Value.Length == 1);
        Assert.EndsWith("초", chart.Elements(Svg + "text").Last().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_that_lie_over_each_other_in_one_lane_are_drawn_below_each_other()
    {
        XElement[] blocks = Blocks(Chart(AwkwardSpans["over each other"]));

        Assert.Equal(3, blocks.Select(block => block.Number("y")).Distinct().Count());
        Assert.Equal(4, blocks.Length);
    }

    [Fact]
    public void A_hundred_thousand_pieces_make_a_chart_and_a_table_of_a_size_to_store()
    {
        RecordedSpan[] spans = [.. Enumerable.Range(0, 100_000).Select(i => Span("일", i, i + 1))];
        XElement html = new TimelineReport("많은 일", new Lanes(spans)).ToHtml();

        Assert.InRange(html.ToString().Length, 1, 200_000);
        Assert.Equal("그 밖에 99800개", html.Descendants("tr").Last().Elements().First().Value);
    }

    [Fact]
    public void The_figures_are_in_the_description_and_in_a_table()
    {
        XElement html = new TimelineReport("세 가지 방법", new Lanes(ThreeWays())).ToHtml();

        Assert.StartsWith(
            "처음부터 끝까지 3.30초. 스레드 1: 구간 2개, 0.00초부터 1.60초까지.", html.Descendants(Svg + "desc").Single().Value, StringComparison.Ordinal);
        Assert.Equal(["제곱", "프로세스 1", "2.50초", "3.30초", "0.80초"], html.Descendants("tr").ElementAt(5).Elements().Select(cell => cell.Value));
    }

    [Fact]
    public void Every_colour_has_a_dark_partner()
    {
        XElement chart = Chart(ThreeWays());

        string style = chart.Element(Svg + "style")!.Value;
        Assert.All(chart.Descendants().Attributes("class"), name => Assert.Contains($".{name.Value} {{", style, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.05, 5, 0.01)]
    [InlineData(1.74, 5, 0.5)]
    [InlineData(60, 5, 20)]
    public void Ticks_stand_at_round_times(double seconds, int most, double step) =>
        Assert.Equal(TimeSpan.FromSeconds(step), LaneChart.Step(TimeSpan.FromSeconds(seconds), most));

    private static RecordedSpan[] ThreeWays() =>
    [
        Span("제곱", 0, 0.8), Span("세제곱", 0.8, 1.6),
        Span("제곱", 1.6, 2.4, thread: 2), Span("세제곱", 1.6, 2.4, thread: 3),
        Span("제곱", 2.5, 3.3, process: 98), Span("세제곱", 2.5, 3.3, process: 99),
    ];

    private static RecordedSpan Span(string what, double start, double end, int thread = 1, int? process = null, string? name = null) =>
        new(what, new ThreadLane(process ?? Here, thread, name), (long)(start * Stopwatch.Frequency), (long)(end * Stopwatch.Frequency));

    private static XElement Chart(RecordedSpan[] spans) =>
        XElement.Parse(new TimelineReport("작업", new Lanes(spans)).ToHtml().ToString()).Element(Svg + "svg")!;

    private static IEnumerable<XElement> Lanes(XElement chart) => chart.Elements(Svg + "g");

    private static XElement[] Blocks(XElement chart) => [.. Lanes(chart).Elements(Svg + "g").Elements(Svg + "rect")];
}
