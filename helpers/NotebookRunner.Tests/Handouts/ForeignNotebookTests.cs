using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts;

/// <summary>Notebooks that other people wrote with other tools.</summary>
public class ForeignNotebookTests
{
    [Theory]
    [InlineData("값은 $\\frac{n}{p}$ 입니다", "\\frac{n}{p}")]
    [InlineData("$$\nE = mc^2\n$$", "E = mc^2")]
    public void A_formula_is_shown_as_it_was_written(string markdown, string formula)
    {
        IElement math = Handout.Render(new TestNotebook().Markdown(markdown).ToDocument()).QuerySelector(".math")!;

        Assert.Equal(formula, math.TextContent);
        Assert.Equal($"수식: {formula}", math.QuerySelector("code")!.GetAttribute("aria-label"));
    }

    [Fact]
    public void A_task_list_has_boxes()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Markdown("- [x] 끝난 일\n- [ ] 할 일").ToDocument());

        Assert.Equal(["☑ 끝난 일", "☐ 할 일"], page.QuerySelectorAll(".prose li").Select(item => item.TextContent.Trim()));
    }

    [Fact]
    public void A_picture_has_a_description_even_if_nobody_wrote_one()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook()
            .Markdown("![](threads.svg)").Shows("image/gif", "R0lGODlhAQABAAAAACw=").Shows("image/svg+xml", "<svg width='20' height='10'/>").ToDocument());

        Assert.Equal("그림: threads.svg", page.QuerySelector(".prose svg")!.GetAttribute("aria-label"));
        Assert.Equal("그림", page.QuerySelector(".output img")!.GetAttribute("alt"));
        Assert.Equal("그림", page.QuerySelector(".output svg")!.GetAttribute("aria-label"));
        Assert.Equal("0 0 20 10", page.QuerySelector(".output svg")!.GetAttribute("viewBox"));
    }

    [Fact]
    public void What_an_output_would_load_is_named_instead()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook()
            .Shows("text/html", "<img src='https://example.com/a.png'><iframe src='https://example.com/video'></iframe><img src='threads.svg'>").ToDocument());

        Assert.Empty(page.QuerySelectorAll("main img, iframe"));
        Assert.Contains("https://example.com/a.png", page.QuerySelector(".html")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("https://example.com/video", page.QuerySelector(".html")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".html svg"));
    }

    [Theory]
    [InlineData("application/vnd.plotly.v1+json", "{}")]
    [InlineData("text/latex", "$x^2$")]
    [InlineData("application/pdf", "JVBERg==")]
    public void What_cannot_be_drawn_is_shown_as_text(string mimeType, string content) =>
        Assert.NotEmpty(Handout.Render(new TestNotebook().Shows(mimeType, content).ToDocument()).QuerySelector(".output")!.TextContent);
}
