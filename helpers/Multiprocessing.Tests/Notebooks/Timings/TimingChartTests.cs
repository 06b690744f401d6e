using System.Globalization;
using System.Xml.Linq;
using Multiprocessing.Timings;
using static Multiprocessing.Tests.Notebooks.Timings.Shown;

namespace Multiprocessing.Tests.Notebooks.Timings;

public class TimingChartTests
{
    private static TimingComparison ThreeWays() => new("세 가지 방법")
    {
        { "순차", TimeSpan.FromSeconds(1.612), TimeSpan.FromSeconds(1.6) },
        { "스레드", TimeSpan.FromSeconds(0.806), TimeSpan.FromSeconds(0.8) },
        { "프로세스", TimeSpan.FromSeconds(0.84), TimeSpan.FromSeconds(0.8) },
    };

    public static TheoryData<string> Awkward => new(AwkwardComparisons.Keys);

    private static readonly Dictionary<string, TimingComparison> AwkwardComparisons = new()
    {
        ["three ways"] = ThreeWays(),
        ["none"] = new("비교"),
        ["one"] = new("비교") { { "하나", TimeSpan.FromMilliseconds(3) } },
        ["all zero"] = new("비교") { { "하나", TimeSpan.Zero, TimeSpan.Zero }, { "둘", TimeSpan.Zero } },
        ["zero beside one"] = new("비교") { { "하나", TimeSpan.Zero }, { "둘", TimeSpan.FromSeconds(1) } },
        ["huge"] = new("비교") { { "하나", TimeSpan.MaxValue, TimeSpan.MaxValue }, { "둘", TimeSpan.FromTicks(1), TimeSpan.Zero } },
        ["ideal far off"] = new("비교") { { "하나", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1) } },
        ["long"] = new(new string('가', 500)) { { new string('W', 500), TimeSpan.FromSeconds(1) }, { new string('힣', 500), TimeSpan.FromSeconds(2) } },
        ["markup"] = new("<script>alert(1)</script> & \"비교\"") { { "</text><b>'&amp;", TimeSpan.FromSeconds(1) }, { "]]>", TimeSpan.FromSeconds(2) } },
        ["control characters"] = new("비교\u0000\u001b[31m") { { "한 줄\n두 줄\t\ufffe", TimeSpan.FromSeconds(1) }, { "반쪽 \ud83d", TimeSpan.FromSeconds(2) } },
        ["many"] = Many(60),
        ["measured often"] = Measured((1, [1, 1, 1, 1, 50]), (2, [0, 0, 0, 0, 0]), (3, [0.5])),
    };

    private static TimingComparison Measured(params (int Number, double[] Seconds)[] rows)
    {
        var timings = new TimingComparison("비교");
        foreach (var (number, seconds) in rows)
            timings.Keep(new Timing($"방법 {number}", new MeasuredRuns(seconds.Select(TimeSpan.FromSeconds)), ideal: null));
        return timings;
    }

    private static TimingComparison Many(int count)
    {
        var timings = new TimingComparison("많은 막대");
        for (int i = 1; i <= count; i++)
            timings.Add($"스레드 {i}개", TimeSpan.FromSeconds(10.0 / i), TimeSpan.FromSeconds(9.0 / i));
        return timings;
    }

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Every_chart_is_XML_whose_shapes_and_texts_lie_inside_its_view_box(string name)
    {
        Shown.StaysInside(Chart(AwkwardComparisons[name]));
    }

    [Fact]
    public void Bars_are_as_long_as_their_times()
    {
        TimeSpan[] times = [TimeSpan.Zero, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];
        var timings = new TimingComparison("비교");
        foreach (TimeSpan time in times)
            timings.Add(time.ToString(), time);

        double[] lengths = [.. Bars(Chart(timings)).Select(bar => bar.Number("width"))];

        double unit = lengths[^1] / 4;
        Assert.True(unit > 50, "The longest bar should fill most of the width.");
        Assert.All(times.Zip(lengths), pair => Assert.Equal(pair.First.TotalSeconds * unit, pair.Second, tolerance: 0.02));
        Assert.Single(Bars(Chart(timings)).Select(bar => bar.Number("x")).Distinct());
    }

    [Fact]
    public void The_mark_of_the_ideal_stands_where_a_bar_of_that_time_would_end()
    {
        var timings = new TimingComparison("비교")
        {
            { "순차", TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(0.8) },
            { "스레드", TimeSpan.FromSeconds(0.8) },
        };

        XElement chart = Chart(timings);

        XElement[] rows = [.. chart.Elements(Svg + "g")];
        double end = Bars(chart)[1].Number("x") + Bars(chart)[1].Number("width");
        XElement[] lines = [.. rows[0].Elements(Svg + "line")];
        Assert.Equal(3, lines.Length);
        Assert.Equal(end, lines[^1].Number("x1"), tolerance: 0.02);
        // The other row has the zero line alone.
        Assert.Single(rows[1].Elements(Svg + "line"));
    }

    [Fact]
    public void A_whisker_goes_from_the_fastest_to_the_slowest_run()
    {
        TimingComparison timings = Measured((1, [0.5, 0.6, 1, 1.1, 1.5]));
        timings.Add("둘", TimeSpan.FromSeconds(2));

        XElement chart = Chart(timings);

        XElement[] bars = Bars(chart);
        double unit = bars[0].Number("width");
        string path = chart.Elements(Svg + "g").First().Elements(Svg + "path").Last().Attribute("d")!.Value;
        double[] ends = [.. path.Split('M')[1..3].Select(part => double.Parse(part.Split(' ')[0], CultureInfo.InvariantCulture) - bars[0].Number("x"))];
        Assert.Equal(0.5 * unit, ends[0], tolerance: 0.02);
        Assert.Contains($"H{Math.Round(bars[0].Number("x") + 1.5 * unit, 2).ToString(CultureInfo.InvariantCulture)}"[..5], path, StringComparison.Ordinal);
        Assert.Empty(chart.Elements(Svg + "g").Last().Elements(Svg + "path"));
        Assert.EndsWith(", 5회의 중앙값, 최소 0.50초, 최대 1.50초", chart.Elements(Svg + "g").First().Element(Svg + "title")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_all_bars_are_the_median_of_is_said_once()
    {
        XElement chart = Chart(Measured((1, [0.1, 0.2, 0.3, 0.4, 0.5]), (2, [0.1, 0.1, 0.1, 0.1, 0.2])));

        Assert.Equal("5회의 중앙값, 가는 선은 최소에서 최대까지", chart.Elements(Svg + "text").ElementAt(1).Value);
        Assert.DoesNotContain(chart.Elements(Svg + "g").Elements(Svg + "text"), text => text.Value.Contains('회', StringComparison.Ordinal));
    }

    [Fact]
    public void Where_bars_differ_in_that_each_says_it()
    {
        XElement chart = Chart(Measured((1, [0.1, 0.2, 0.3, 0.4, 0.5]), (2, [0.4, 0.4, 0.5]), (3, [1])));

        Assert.Equal("중앙값, 가는 선은 최소에서 최대까지", chart.Elements(Svg + "text").ElementAt(1).Value);
        Assert.Equal(["5회의 중앙값", "3회의 중앙값", "1회"], chart.Elements(Svg + "g").Select(row => row.Elements(Svg + "text").ElementAt(1).Value));
    }

    [Fact]
    public void One_run_is_no_median()
    {
        Assert.DoesNotContain("중앙값", Chart(Measured((1, [0.6]), (2, [0.7]))).Value, StringComparison.Ordinal);
        Assert.DoesNotContain("횟수", As("text/html", ThreeWays()), StringComparison.Ordinal);
    }

    [Fact]
    public void How_often_something_was_measured_changes_no_other_word_of_the_text_alternative()
    {
        string five = As("text/plain", Measured((1, [0.45, 0.45, 0.45, 0.45, 0.45]))), one = As("text/plain", Measured((1, [0.45])));
        string Alternative(params double[] times) => Chart(Measured((1, times))).Element(Svg + "desc")!.Value;

        Assert.Equal(one, five.Replace("5회", "1회", StringComparison.Ordinal));
        Assert.Equal(Alternative(0.45), Alternative(0.45, 0.45, 0.45));
        Assert.Contains("표에 있습니다", Alternative(0.45), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_do_not_overlap()
    {
        double bottom = 0;
        foreach (XElement row in Chart(Many(20)).Elements(Svg + "g"))
        {
            double[] tops = [.. row.Elements(Svg + "text").Select(text => text.Number("y") - text.Number("font-size"))];
            Assert.True(tops.Min() >= bottom, "A row begins above the end of the one before.");
            bottom = row.Elements(Svg + "text").Max(text => text.Number("y"));
        }
    }

    [Fact]
    public void Name_time_speed_up_and_ideal_are_written_beside_each_bar()
    {
        XElement chart = Chart(ThreeWays());

        string[][] rows = [.. chart.Elements(Svg + "g").Select(row => row.Elements(Svg + "text").Select(text => text.Value).ToArray())];
        Assert.Equal(["순차", "이론값 1.6초", "1.61초 · 기준"], rows[0]);
        Assert.Equal(["스레드", "이론값 0.8초", "0.81초 · 속도 2.0배"], rows[1]);
        Assert.Equal(["프로세스", "이론값 0.8초", "0.84초 · 속도 1.9배"], rows[2]);
        Assert.Equal("스레드: 0.81초, 이론값 0.8초, 속도 2.0배", chart.Elements(Svg + "g").ElementAt(1).Element(Svg + "title")!.Value);
    }

    [Fact]
    public void One_bar_has_nothing_to_be_compared_with()
    {
        XElement chart = Chart(new TimingComparison("비교") { { "하나", TimeSpan.FromSeconds(1.5) } });

        Assert.Equal(["비교", "하나", "1.50초"], chart.Descendants(Svg + "text").Select(text => text.Value));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ko-KR")]
    [InlineData("fa-IR")]
    [InlineData("")]
    public void The_culture_of_the_reader_changes_nothing(string culture)
    {
        string expected = As("text/html", Many(12)) + As("text/plain", Many(12));
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(expected, As("text/html", Many(12)) + As("text/plain", Many(12)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_same_times_give_the_same_text_with_line_feeds_alone()
    {
        string first = As("text/html", ThreeWays());

        Assert.Equal(first, As("text/html", ThreeWays()));
        Assert.DoesNotContain('\r', first);
    }

    [Fact]
    public void Two_charts_can_be_in_one_page_because_they_have_no_ids()
    {
        XElement html = Html(ThreeWays());

        Assert.Empty(html.DescendantsAndSelf().Attributes("id"));
        Assert.DoesNotContain("url(", html.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("href", html.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_screen_reader_finds_an_image_with_title_description_and_label()
    {
        XElement chart = Chart(ThreeWays());

        Assert.Equal("img", chart.Attribute("role")!.Value);
        Assert.Equal("세 가지 방법", chart.Element(Svg + "title")!.Value);
        Assert.Contains("스레드: 0.81초, 이론값 0.8초, 속도 2.0배.", chart.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Equal("세 가지 방법", chart.Attribute("aria-label")!.Value);
    }

    [Fact]
    public void The_figures_are_in_a_table_below_the_chart()
    {
        XElement table = Html(ThreeWays()).Element("details")!.Element("table")!;

        Assert.Equal(["이름", "시간", "이론값", "속도"], table.Element("thead")!.Descendants("th").Select(cell => cell.Value));
        Assert.Equal(
            [["순차", "1.61초", "1.6초", "1.0배"], ["스레드", "0.81초", "0.8초", "2.0배"], ["프로세스", "0.84초", "0.8초", "1.9배"]],
            table.Element("tbody")!.Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray()));
    }

    [Fact]
    public void Labels_are_text_whatever_they_contain()
    {
        XElement html = Html(AwkwardComparisons["markup"]);

        Assert.Empty(html.Descendants("script").Concat(html.Descendants("b")));
        Assert.Contains(html.Descendants(Svg + "text"), text => text.Value == "</text><b>'&amp;");
    }

    [Fact]
    public void Every_colour_has_a_dark_partner_and_print_stays_light()
    {
        XElement chart = Chart(ThreeWays());

        string style = chart.Element(Svg + "style")!.Value;
        Assert.StartsWith("@media screen and (prefers-color-scheme: dark)", style, StringComparison.Ordinal);
        Assert.All(chart.Descendants().Attributes("class"), name => Assert.Contains($".{name.Value} {{", style, StringComparison.Ordinal));
        Assert.All(
            chart.Descendants().Where(shape => shape.Attribute("fill") is not null || shape.Attribute("stroke") is not null),
            shape => Assert.NotNull(shape.Attribute("class")));
    }

    [Theory]
    [InlineData(0.0000123, "12.30µs")]
    [InlineData(0.0123, "12.30ms")]
    [InlineData(0.25, "0.25초")]
    [InlineData(123.456, "123.5초")]
    [InlineData(86400, "86,400초")]
    public void Times_are_written_in_a_unit_of_their_size(double seconds, string expected)
    {
        XElement chart = Chart(new TimingComparison("비교") { { "하나", TimeSpan.FromSeconds(seconds) } });

        Assert.Equal(expected, chart.Descendants(Svg + "text").Last().Value);
    }
}
