using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Pages;

public class NotebookPageTests
{
    private static readonly Lazy<IHtmlDocument> EveryKind =
        new(() => Handout.Render(NotebookDocument.Load(Samples.EveryKind), Samples.EveryKind));

    [Fact]
    public void The_page_is_Korean_with_a_title_and_one_main_heading()
    {
        Assert.Equal("ko", EveryKind.Value.DocumentElement.GetAttribute("lang"));
        Assert.Equal("30.1 스레드와 프로세스", EveryKind.Value.Title);
        Assert.Single(EveryKind.Value.QuerySelectorAll("h1"));
    }

    [Fact]
    public void Nothing_is_loaded_from_anywhere()
    {
        Assert.Empty(EveryKind.Value.QuerySelectorAll("link, body script, iframe, object, embed, base, [srcset], [background], [poster]"));
        Assert.All(EveryKind.Value.QuerySelectorAll("[src]"), element => Assert.StartsWith("data:image/", element.GetAttribute("src"), StringComparison.Ordinal));
        Assert.DoesNotContain("url(", EveryKind.Value.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", EveryKind.Value.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith(
            "default-src 'none'; img-src data:;",
            EveryKind.Value.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_and_attachments_are_embedded_with_their_texts()
    {
        IElement drawing = Assert.Single(EveryKind.Value.QuerySelectorAll(".prose svg"));
        IElement image = Assert.Single(EveryKind.Value.QuerySelectorAll(".prose img"));

        Assert.Equal("두 스레드가 한 메모리를 쓰는 그림", drawing.GetAttribute("aria-label"));
        Assert.Equal("img", drawing.GetAttribute("role"));
        Assert.Equal("붙여 넣은 그림", image.GetAttribute("alt"));
        Assert.StartsWith("data:image/png;base64,", image.GetAttribute("src"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_entry_of_the_contents_leads_to_its_heading()
    {
        var links = EveryKind.Value.QuerySelectorAll<IHtmlAnchorElement>("nav.contents a");

        Assert.Equal(["함수 정의", "여러 가지 출력", "차트와 그림", "오류와 이상한 글자", "정리"], links.Select(link => link.TextContent));
        Assert.All(links, link => Assert.Equal(
            link.TextContent, EveryKind.Value.GetElementById(Uri.UnescapeDataString(link.GetAttribute("href")![1..]))?.TextContent));
    }

    [Fact]
    public void Ids_are_unique_even_where_headings_repeat()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Markdown("# 가\n\n## 나\n\n## 나").Markdown("## 나\n\n## ?!").ToDocument());

        Assert.Equal(["가", "나", "나-2", "나-3", "section"], page.QuerySelectorAll("h1, h2").Select(heading => heading.Id));
    }

    [Fact]
    public void A_script_finds_its_element_and_not_a_heading_of_the_same_name()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Markdown("# 가\n\n## chart").Shows("text/html", "<div id='chart'></div><script>draw('chart')</script>").ToDocument());

        Assert.Equal("div", page.GetElementById("chart")!.LocalName);
        Assert.Equal("chart-2", page.QuerySelector("h2")!.Id);
        Assert.Equal("#chart-2", page.QuerySelector(".contents a")!.GetAttribute("href"));
    }

    [Fact]
    public void Groups_of_the_same_name_in_two_outputs_are_two_groups()
    {
        const string Html = "<input type='radio' name='tab'><input type='radio' name='tab'><details name='tab'></details><map name='m'></map><img usemap='#m' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>";
        IHtmlDocument page = Handout.Render(new TestNotebook().Shows("text/html", Html).Shows("text/html", Html).ToDocument());

        Assert.Equal(["tab", "tab", "tab", "m", "tab-2", "tab-2", "tab-2", "m-2"], page.QuerySelectorAll("main [name]").Select(element => element.GetAttribute("name")));
        Assert.Equal(["#m", "#m-2"], page.QuerySelectorAll("img").Select(image => image.GetAttribute("usemap")));
    }

    [Fact]
    public void Code_is_coloured_with_what_earlier_cells_declared()
    {
        IElement code = Cell("c2").QuerySelector("code")!;

        Assert.Contains("Point", Coloured(code, "t"));
        Assert.Contains("Console", Coloured(code, "t"));
        Assert.Contains("CalcSquare", Coloured(code, "m"));
        Assert.Contains("new", Coloured(code, "k"));
        Assert.Contains("1.5", Coloured(code, "n"));
        Assert.Equal("foreach", EveryKind.Value.QuerySelector(".prose pre code .k")!.TextContent);
    }

    [Fact]
    public void Code_reads_as_it_was_written()
    {
        var document = NotebookDocument.Load(Samples.EveryKind);

        Assert.Equal(
            document.RunnableCells.Select(cell => cell.Source),
            EveryKind.Value.QuerySelectorAll(".input code").Select(code => code.TextContent));
    }

    [Fact]
    public void Cells_have_their_numbers_and_stable_anchors()
    {
        Assert.Equal(["[1]", "[2]", "[3]", "[4]", "[5]", "[ ]"], EveryKind.Value.QuerySelectorAll(".number").Select(number => number.TextContent));
        Assert.Equal("코드 셀 2", Cell("c2").GetAttribute("aria-label"));
    }

    [Fact]
    public void Outputs_of_each_kind_are_there()
    {
        Assert.Equal(["제곱 계산\n제곱: 25\n제곱: 100", "경고: 느립니다", "400, 225"], Cell("c2").QuerySelectorAll("samp").Select(samp => samp.TextContent));
        Assert.Contains("표준 오류", Cell("c2").QuerySelector(".stderr .label")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(Cell("c3").QuerySelector(".html table"));
        Assert.Equal("직렬 1.6초, 스레드 0.8초", Cell("c3").QuerySelector("svg > title")!.TextContent);
        Assert.Equal("점 그림", Cell("c3").QuerySelector("img")!.GetAttribute("alt"));
        Assert.Equal("42", Cell("c3").QuerySelector("samp")!.TextContent);
    }

    [Fact]
    public void An_error_says_so_in_words()
    {
        IElement error = Cell("c4").QuerySelector(".error")!;

        Assert.Contains("오류 (일부러 낸 것)", error.TextContent, StringComparison.Ordinal);
        Assert.Equal("System.InvalidOperationException: 일부러 낸 오류", error.QuerySelector("samp")!.TextContent);
        Assert.Contains("Submission#4", error.QuerySelector("details")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_between_notebooks_lead_to_their_handouts()
    {
        Assert.NotNull(EveryKind.Value.QuerySelector($"a[href^='30-2-address-space.html#']"));
        Assert.NotNull(EveryKind.Value.QuerySelector("a[href='https://learn.microsoft.com/dotnet/']"));
    }

    [Fact]
    public void A_notebook_can_name_its_language_and_needs_no_heading()
    {
        string json = new TestNotebook().Markdown("Text.").ToString().Replace("\"metadata\": {\n  \"kernelspec\"", "\"metadata\": {\n  \"lang\": \"en-GB\",\n  \"kernelspec\"", StringComparison.Ordinal);
        IHtmlDocument page = Handout.Render(NotebookDocument.Parse(System.Text.Encoding.UTF8.GetBytes(json), "x"));

        Assert.Equal("en-GB", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("test", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public void An_image_that_is_not_there_is_named_and_a_remote_one_is_not_fetched()
    {
        NotebookContent content = Handout.Content(
            new TestNotebook().Markdown("![가](gone.svg) ![나](https://example.com/a.png) ![다](every-kind.ipynb) ![라](/dev/zero)").ToDocument());

        Assert.Empty(content.Body.QuerySelectorAll("img"));
        Assert.Contains("https://example.com/a.png", content.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal(["gone.svg", "every-kind.ipynb", "/dev/zero"], content.MissingImages);
    }

    [Theory]
    [InlineData("#r \"")]
    [InlineData("#!time\nint x = 1;")]
    [InlineData("#!import \"a.ipynb\"\r\n\tvar s = \"\"\"unfinished")]
    [InlineData("for (;;) { { ( [ \u2028 \\ ` 한글 😀 // <b>")]
    [InlineData("#r \"every-kind.ipynb.dll\"\n#r \"nuget: Nothing, 1.0\"\n@@@ $$$")]
    public void Code_that_is_no_CSharp_is_shown_as_it_is(string code)
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Code(code).Code("int after;").ToDocument());

        Assert.Equal([code.ReplaceLineEndings("\n"), "int after;"], page.QuerySelectorAll(".input code").Select(shown => shown.TextContent.ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData("data:image/svg+xml;utf8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'/%3E", "svg")]
    [InlineData("data:image/svg+xml;base64,PHN2Zy8+", "svg")]
    [InlineData("data:image/gif;base64,R0lGODlhAQABAAAAACw=", "img")]
    public void An_image_that_is_already_embedded_stays(string source, string element) =>
        Assert.NotNull(Handout.Render(new TestNotebook().Markdown($"![x]({source})").ToDocument()).QuerySelector(".prose " + element));

    [Fact]
    public void The_same_notebook_gives_the_same_page() => Assert.Equal(
        EveryKind.Value.DocumentElement.OuterHtml, Handout.Render(NotebookDocument.Load(Samples.EveryKind), Samples.EveryKind).DocumentElement.OuterHtml);

    private static IElement Cell(string id) => EveryKind.Value.GetElementById($"cell-{id}")!;

    private static IEnumerable<string> Coloured(IElement code, string cssClass) => code.QuerySelectorAll("." + cssClass).Select(span => span.TextContent);
}
