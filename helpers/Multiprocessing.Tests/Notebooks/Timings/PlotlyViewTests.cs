using System.Xml.Linq;
using Multiprocessing.Timings;

namespace Multiprocessing.Tests.Notebooks.Timings;

public class PlotlyViewTests
{
    private static TimingComparison Timings => new("세 가지 방법") { { "순차", TimeSpan.FromSeconds(1.6) }, { "스레드", TimeSpan.FromSeconds(0.8) } };

    // What the two libraries write: an element with an id, and a script that draws into it.
    private static string ChartOf(string data) => $$"""
        <div><div id="a1b2-c3"><!-- Plotly chart will be drawn inside this DIV --></div><script type="text/javascript">
            var data = {{data}};
            Plotly.newPlot('a1b2-c3', data);
        </script></div>
        """;

    [Fact]
    public void Until_the_script_comes_the_figures_stand_in_for_the_chart_and_there_is_a_place_for_its_picture()
    {
        XElement shown = Shown.Html(new PlotlyView(ChartOf("[1]"), Timings));

        XElement[] parts = [.. shown.Elements()];
        Assert.Equal(["div", "div", "details", "script", "script"], parts.Select(part => part.Name.LocalName));
        Assert.NotNull(parts[0].Attribute("hidden"));
        Assert.Equal("a1b2-c3", parts[0].Descendants().Single(element => element.Attribute("id") is not null).Attribute("id")!.Value);
        Assert.Equal("a1b2-c3", parts[1].Attribute("data-picture-of")!.Value);
        Assert.Equal("", parts[1].Value);
        Assert.NotNull(parts[2].Attribute("open"));
        Assert.Contains("0.80초", parts[2].Value, StringComparison.Ordinal);
        Assert.Equal(PlotlyView.ScriptAddress, parts[3].Attribute("src")!.Value);
        Assert.Contains("Plotly.newPlot('a1b2-c3', data);", parts[4].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_ends_no_script()
    {
        string html = Shown.As("text/html", new PlotlyView(ChartOf("""["</script><b>", "</SCRIPT >", "<!-- "]"""), Timings));

        string script = html[(html.LastIndexOf("<script>", StringComparison.Ordinal) + 8)..html.LastIndexOf("</script>", StringComparison.Ordinal)];
        Assert.DoesNotContain("</", script, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", script, StringComparison.Ordinal);
        Assert.Contains("""["<\/script><b>", "<\/SCRIPT >", "<\!-- "]""", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("<script>")]
    [InlineData("id='b'")]
    public void A_label_may_look_like_markup(string label)
    {
        string html = Shown.As("text/html", new PlotlyView(ChartOf($"""["{label}"]"""), Timings));

        Assert.Contains($"""["{label}"]""", html, StringComparison.Ordinal);
        Assert.Contains("[id=\"a1b2-c3\"]", html, StringComparison.Ordinal);
    }

    [Fact]
    public void As_plain_text_it_is_its_figures()
    {
        using var timeline = new Timeline("언제");
        timeline.Measure("일", () => { });

        Assert.Equal(Timings.ToString(), Shown.As("text/plain", new PlotlyView(ChartOf("[1]"), Timings)));
        Assert.Contains("일", Shown.As("text/plain", new PlotlyView(ChartOf("[1]"), timeline)), StringComparison.Ordinal);
        Assert.Contains("스레드 1", Shown.Html(new PlotlyView(ChartOf("[1]"), timeline)).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><body><div id='a'></div><script>1</script></body></html>")]
    [InlineData("<div id='a'></div>")]
    [InlineData("<script>1</script>")]
    [InlineData("")]
    public void What_is_no_chart_is_refused(string html) => Assert.Throws<ArgumentException>(nameof(html), () => new PlotlyView(html, Timings));
}
