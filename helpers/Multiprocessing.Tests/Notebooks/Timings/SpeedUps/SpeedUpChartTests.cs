using System.Globalization;
using System.Xml.Linq;
using Multiprocessing.Timings;
using static Multiprocessing.Tests.Notebooks.Timings.Shown;

namespace Multiprocessing.Tests.Notebooks.Timings.SpeedUps;

public class SpeedUpChartTests
{
    public static TheoryData<string> Awkward => new(AwkwardCurves.Keys);

    private static readonly Dictionary<string, SpeedUpCurve> AwkwardCurves = new()
    {
        ["two kinds of work"] = TwoKinds(),
        ["fitted"] = Fitted(),
        ["none"] = new("곡선"),
        ["one point"] = new("곡선") { { "일", 1, TimeSpan.FromSeconds(1) } },
        ["no time with one worker"] = new("곡선") { { "일", 4, TimeSpan.FromSeconds(1) } },
        ["no time at all"] = new("곡선") { { "일", 1, TimeSpan.Zero }, { "일", 2, TimeSpan.Zero } },
        ["infinitely fast"] = new("곡선") { { "일", 1, TimeSpan.FromSeconds(1) }, { "일", 2, TimeSpan.Zero } },
        ["a billion times as slow"] = new("곡선") { { "일", 1, TimeSpan.FromTicks(1) }, { "일", 2, TimeSpan.FromDays(1) } },
        ["very many workers"] = new("곡선") { { "일", 1, TimeSpan.FromSeconds(1) }, { "일", int.MaxValue, TimeSpan.FromSeconds(0.5) } },
        ["every number"] = Numbers(40),
        ["long"] = new(new string('가', 500)) { { new string('힣', 500), 1, TimeSpan.FromSeconds(1) }, { new string('W', 500), 1, TimeSpan.FromSeconds(1) } },
        ["markup"] = new("<script>alert(1)</script> & \"곡선\"") { { "</text><b>'&amp;\n\ufffe", 1, TimeSpan.FromSeconds(1) } },
        ["many"] = Many(30),
    };

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Every_chart_is_XML_whose_shapes_and_texts_lie_inside_its_view_box(string name) => StaysInside(Chart(AwkwardCurves[name]));

    [Fact]
    public void On_the_ideal_line_and_beside_it_each_doubling_is_a_step_of_the_same_width()
    {
        SpeedUpCurve curve = new("곡선");
        foreach (int workers in (int[])[1, 2, 4, 8])
            curve.Add("일", workers, TimeSpan.FromSeconds(8.0 / workers));

        (double X, double Y)[] markers = [.. Markers(Chart(curve), 0)];

        double step = markers[1].X - markers[0].X, rise = markers[0].Y - markers[1].Y;
        Assert.True(step > 30 && rise > 30);
        Assert.All(markers.Zip(markers.Skip(1)), pair => Assert.Equal(step, pair.Second.X - pair.First.X, tolerance: 0.05));
        Assert.All(markers.Zip(markers.Skip(1)), pair => Assert.Equal(rise, pair.First.Y - pair.Second.Y, tolerance: 0.05));
        (double X, double Y)[] ideal = [.. Path(Chart(curve).Elements(Svg + "path").First())];
        Assert.Equal([markers[0], markers[3]], ideal);
    }

    [Fact]
    public void Lines_are_told_apart_by_the_shape_of_their_markers_and_by_the_names_beside_them()
    {
        XElement chart = Chart(TwoKinds());

        string[] shapes = [.. Series(chart).Select(line => Shape(line.Elements(Svg + "g").First().Element(Svg + "path")!))];
        Assert.Equal(2, shapes.Distinct().Count());
        Assert.Equal(shapes, chart.Elements(Svg + "path").Skip(1).Select(Shape));
        Assert.Equal(["이론값", "기다리는 일", "계산하는 일"], chart.Elements(Svg + "text").TakeLast(3).Select(text => text.Value));
    }

    [Fact]
    public void Axes_the_ideal_line_and_the_processors_have_names()
    {
        string[] texts = [.. Chart(TwoKinds()).Elements(Svg + "text").Select(text => text.Value)];

        Assert.Contains("작업자 수", texts);
        Assert.Contains("속도 향상(배)", texts);
        Assert.Contains("이론값", texts);
        Assert.Contains(texts, text => text.StartsWith($"코어 {Environment.ProcessorCount}개", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fitted_law_is_a_dashed_line_with_its_fraction_beside_the_name()
    {
        XElement chart = Chart(Fitted());

        Assert.Equal([1, 1], Series(chart).Select(line => line.Elements(Svg + "path").Count(path => path.Attribute("stroke-dasharray") is not null)));
        Assert.Equal(["암달 p = 1.00", "암달 p = 0.95"], chart.Elements(Svg + "text").Select(text => text.Value).Where(text => text.StartsWith("암달", StringComparison.Ordinal)));
        Assert.DoesNotContain("dasharray", string.Concat(Series(Chart(TwoKinds()))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pointer_over_a_marker_shows_what_it_is() =>
        Assert.Equal("계산하는 일 · 작업자 4개: 1.9배", Series(Chart(TwoKinds())).Last().Elements(Svg + "g").Last().Element(Svg + "title")!.Value);

    [Fact]
    public void The_figures_are_in_the_description_and_in_a_table()
    {
        XElement html = Html(Fitted());

        Assert.Equal(
            "작업자 수에 따른 속도 향상. 기다리는 일: 작업자 1개 1.0배, 작업자 2개 2.0배, 작업자 4개 4.0배, 암달의 법칙 p = 1.00. "
            + "계산하는 일: 작업자 1개 1.0배, 작업자 2개 1.9배, 작업자 4개 1.9배, 암달의 법칙 p = 0.95.",
            html.Descendants(Svg + "desc").Single().Value);
        Assert.Equal(["이름", "작업자 수", "시간", "속도 향상"], html.Descendants("thead").Descendants("th").Select(cell => cell.Value));
        Assert.Equal(["계산하는 일", "4", "1.05초", "1.9배"], html.Descendants("tr").Last().Elements().Select(cell => cell.Value));
    }

    [Fact]
    public void Plain_text_is_the_table_and_the_fitted_laws() => Assert.Equal(
        """
        몇 개가 알맞을까
        이름         작업자 수    시간  속도 향상
        기다리는 일          1  4.00초      1.0배
        기다리는 일          2  2.00초      2.0배
        기다리는 일          4  1.00초      4.0배
        계산하는 일          1  2.00초      1.0배
        계산하는 일          2  1.04초      1.9배
        계산하는 일          4  1.05초      1.9배
        기다리는 일: 암달의 법칙 p = 1.00
        계산하는 일: 암달의 법칙 p = 0.95
        """.ReplaceLineEndings("\n"),
        As("text/plain", Fitted()));

    [Fact]
    public void Of_several_runs_the_chart_shows_the_median_and_the_spread()
    {
        var curve = new SpeedUpCurve("곡선");
        curve.Keep(1, new Timing("일", new MeasuredRuns(Enumerable.Repeat(TimeSpan.FromSeconds(1), 3)), ideal: null));
        curve.Keep(2, new Timing("일", new MeasuredRuns([TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.7)]), ideal: null));

        XElement chart = Chart(curve);

        XElement[] points = [.. Series(chart).Single().Elements(Svg + "g")];
        Assert.Empty(points[0].Elements(Svg + "line"));
        Assert.Single(points[1].Elements(Svg + "line"));
        Assert.Contains("3회의 중앙값, 가는 선은 최소에서 최대까지", chart.Elements(Svg + "text").Select(text => text.Value));
        Assert.Contains("횟수", As("text/plain", curve), StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_processors_is_no_part_of_the_description_which_is_compared_on_other_machines() =>
        Assert.DoesNotContain("코어", Chart(TwoKinds()).Element(Svg + "desc")!.Value, StringComparison.Ordinal);

    [Fact]
    public void Every_colour_has_a_dark_partner()
    {
        XElement chart = Chart(AwkwardCurves["many"]);

        string style = chart.Element(Svg + "style")!.Value;
        Assert.All(chart.Descendants().Attributes("class"), name => Assert.Contains($".{name.Value} {{", style, StringComparison.Ordinal));
        Assert.All(
            chart.Descendants().Where(shape => shape.Attribute("fill") is not null || shape.Attribute("stroke") is not null),
            shape => Assert.NotNull(shape.Attribute("class")));
    }

    [Fact]
    public void A_law_whose_times_were_replaced_by_none_is_not_drawn()
    {
        SpeedUpCurve curve = Fitted();
        curve.Add("계산하는 일", 1, TimeSpan.Zero);

        Assert.Contains("계산하는 일: 암달의 법칙 p = –", As("text/plain", curve), StringComparison.Ordinal);
        StaysInside(Chart(curve));
    }

    private static SpeedUpCurve TwoKinds() => new("몇 개가 알맞을까")
    {
        { "기다리는 일", 1, TimeSpan.FromSeconds(4) }, { "기다리는 일", 2, TimeSpan.FromSeconds(2) }, { "기다리는 일", 4, TimeSpan.FromSeconds(1) },
        { "계산하는 일", 1, TimeSpan.FromSeconds(2) }, { "계산하는 일", 2, TimeSpan.FromSeconds(1.04) }, { "계산하는 일", 4, TimeSpan.FromSeconds(1.05) },
    };

    private static SpeedUpCurve Fitted()
    {
        SpeedUpCurve curve = TwoKinds();
        curve.FitAmdahl("기다리는 일");
        curve.FitAmdahl("계산하는 일", processors: 2);
        return curve;
    }

    private static SpeedUpCurve Numbers(int most)
    {
        SpeedUpCurve curve = new("곡선");
        for (int workers = 1; workers <= most; workers++)
            curve.Add("일", workers, TimeSpan.FromSeconds(1.0 / workers));
        return curve;
    }

    private static SpeedUpCurve Many(int count)
    {
        SpeedUpCurve curve = new("곡선");
        for (int i = 1; i <= count; i++)
        {
            curve.Add($"{i}번째 일", 1, TimeSpan.FromSeconds(1));
            curve.Add($"{i}번째 일", 2, TimeSpan.FromSeconds(0.6));
            curve.FitAmdahl($"{i}번째 일");
        }

        return curve;
    }

    private static IEnumerable<XElement> Series(XElement chart) => chart.Elements(Svg + "g");

    private static string Shape(XElement path) => path.Attribute("d")!.Value[path.Attribute("d")!.Value.IndexOf('m', StringComparison.Ordinal)..];

    private static IEnumerable<(double X, double Y)> Markers(XElement chart, int series) =>
        Series(chart).ElementAt(series).Elements(Svg + "g").Select(point => Path(point.Element(Svg + "path")!).First());

    // The points of a line; of a marker, its middle.
    private static IEnumerable<(double X, double Y)> Path(XElement path) => path.Attribute("d")!.Value.Split('m')[0][1..].Split('L').Select(point =>
    {
        double[] numbers = [.. point.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1]);
    });
}
