using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Safety;

public class HostileContentTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("</samp></pre></main><b>out", "</samp></pre></main><b>out")]
    [InlineData("\u001b[1;31mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007", "red link")]
    [InlineData("10%\r 50%\r100%", "100%")]
    [InlineData("abc\rX", "Xbc")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\0b\a", "aU+0000bU+0007")]
    [InlineData("\u202Egnp.exe", "U+202Egnp.exe")]
    [InlineData("\n\n  indented", "\n\n  indented")]
    public void Printed_text_stays_text(string printed, string shown)
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Prints(printed).ToDocument());

        Assert.Equal(shown, page.QuerySelector("samp")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("body script, main b"));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=\"threads.svg\" onerror=\"alert(1)\">")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<a href=\" jav\tascript:alert(1)\">x</a>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("<a href=\"data:text/html,<script>alert(1)</script>\">x</a>")]
    [InlineData("<svg onload=\"alert(1)\"><script>alert(1)</script></svg>")]
    [InlineData("<iframe src=\"https://example.com\"></iframe>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>")]
    [InlineData("<div style=\"background:url(https://example.com/a.png)\">x</div>")]
    [InlineData("<div style=\"position:fixed;inset:0\">x</div>")]
    [InlineData("<form action=\"https://example.com\"><button>x</button></form>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>")]
    [InlineData("<link rel=\"stylesheet\" href=\"https://example.com/a.css\"><meta http-equiv=\"refresh\" content=\"0;url=https://example.com\">")]
    [InlineData("<p><b>never closed")]
    public void Markdown_neither_acts_nor_loads(string markdown)
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Markdown(markdown).Markdown("after").ToDocument());

        Assert.Empty(page.QuerySelectorAll("body script, iframe, form, button, link, meta[http-equiv=refresh]"));
        // The only drawing is the one in a file of ours.
        Assert.All(page.QuerySelectorAll("main svg"), drawing => Assert.Equal("0 0 400 140", drawing.GetAttribute("viewBox")));
        Assert.Empty(page.QuerySelectorAll(".prose > style, .prose p > style"));
        Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.QuerySelectorAll("a[href]"), link => Assert.DoesNotContain("script", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.DoesNotContain(page.QuerySelectorAll("[style]"), element => element.GetAttribute("style")!.Contains("url", StringComparison.Ordinal));
        Assert.DoesNotContain(page.QuerySelectorAll("[style]"), element => element.GetAttribute("style")!.Contains("fixed", StringComparison.Ordinal));
        Assert.Equal("after", page.QuerySelectorAll(".cell.prose")[^1].TextContent.Trim());
    }

    [Theory]
    [InlineData("제네릭 List<int>와 <script>x</script>", "제네릭 List<int>와 <script>x</script>")]
    [InlineData("<script>f(\"x\" && 1 < 2)</script> 뒤", "<script>f(\"x\" && 1 < 2)</script> 뒤")]
    [InlineData("앞 <style>p > a { b: \"c\" }</style> 뒤", "앞 <style>p > a { b: \"c\" }</style> 뒤")]
    [InlineData("앞 <textarea>a < \"b\" & c</textarea> <title>\"d\" & e</title> 뒤", "앞 <textarea>a < \"b\" & c</textarea> <title>\"d\" & e</title> 뒤")]
    [InlineData("Dictionary<String, Foo>와 Task<Bar> <MyTag attr=\"x\">y</MyTag>", "Dictionary<String, Foo>와 Task<Bar> <MyTag attr=\"x\">y</MyTag>")]
    [InlineData("앞 <plaintext>\"b\" <!-- 숨은 말 -->뒤", "앞 <plaintext>\"b\" 뒤")]
    [InlineData("<div><script>f(\"x\" && 1)</script><button title='\"'>a & b</button></div>", "<script>f(\"x\" && 1)</script><button title=\"\"\">a & b</button>")]
    public void What_was_no_element_can_still_be_read(string markdown, string text)
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Markdown(markdown).ToDocument());

        Assert.Equal(text, page.QuerySelector(".cell.prose")!.TextContent.Trim());
    }

    [Fact]
    public void HTML_that_a_cell_shows_on_purpose_is_shown_and_closed()
    {
        IHtmlDocument page = Handout.Render(
            new TestNotebook().Shows("text/html", "<div onclick=\"f()\"><b>bold<script>f()</script>").Markdown("after").ToDocument());

        Assert.Equal("bold", page.QuerySelector(".html div[onclick] b")!.FirstChild!.TextContent);
        Assert.NotNull(page.QuerySelector(".html script"));
        Assert.Equal("after", page.QuerySelector(".cell.prose")!.TextContent.Trim());
    }

    [Fact]
    public void An_SVG_output_is_drawn_without_what_acts_or_loads()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Shows(
            "image/svg+xml",
            """
            <?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1" onload="f()">
            <script>f()</script><style>@import url(https://example.com/a.css);</style><linearGradient id="g"/><rect fill="url(#g)" style="fill:url(#g)"/>
            <image xlink:href="https://example.com/a.png"/><use href="#g"/><a href="javascript:f()"><text>x</text></a><foreignObject><p/></foreignObject></svg>
            """).ToDocument());
        IElement drawing = page.QuerySelector(".output svg")!;

        Assert.Equal("0 0 1 1", drawing.GetAttribute("viewBox"));
        Assert.Empty(drawing.QuerySelectorAll("script, style, foreignObject"));
        Assert.Equal("fill:url(#g)", drawing.QuerySelector("rect")!.GetAttribute("style"));
        Assert.Equal("#g", drawing.QuerySelector("use")!.GetAttribute("href"));
        Assert.NotNull(drawing.QuerySelector("linearGradient"));
        Assert.DoesNotContain("example.com", drawing.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("f()", drawing.OuterHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/png", "not base64")]
    [InlineData("image/png", "PHNjcmlwdD4=")]
    [InlineData("image/svg+xml", "<p>no drawing</p>")]
    public void An_invalid_image_is_no_image(string mimeType, string content) =>
        Assert.Empty(Handout.Render(new TestNotebook().Shows(mimeType, content).ToDocument()).QuerySelectorAll("main img, main svg"));

    [Fact]
    public void A_huge_output_is_cut_and_says_so()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Prints(new string('x', 10_000_000)).ToDocument());

        Assert.True(page.QuerySelector("samp")!.TextContent.Length < 100_000);
        Assert.Contains("9,940,000자를 줄였습니다", page.QuerySelector(".output .label")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/markdown")]
    [InlineData("text/plain")]
    public void A_huge_value_is_cut_and_says_so(string mimeType)
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Shows(mimeType, string.Concat(Enumerable.Repeat("가나다 라마바\n", 1_000_000))).ToDocument());

        Assert.True(page.QuerySelector(".output")!.TextContent.Length < 100_000);
        Assert.Contains("자를 줄였습니다", page.QuerySelector(".output")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_from_right_to_left_turns_nothing_around_it()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Markdown("# \u202E제목\n\n## \u2067절").Prints("\u202Eabc").ToDocument());

        Assert.Equal("제목", page.Title);
        Assert.Equal("U+2067절", page.QuerySelector(".contents a")!.TextContent);
        Assert.Contains("unicode-bidi: isolate", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("U+202Eabc", page.QuerySelector("samp")!.TextContent);
    }

    [Fact]
    public void A_title_cannot_leave_the_rules_for_the_margins_of_a_printed_page()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Markdown("# \"; } * { display: none }").ToDocument());

        Assert.Contains("""content: "\22 \3b  \7d  \2a  \7b  display: none \7d ";""", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
    }
}
