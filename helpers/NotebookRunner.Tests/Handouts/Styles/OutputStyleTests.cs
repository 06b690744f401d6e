using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Styles;

/// <summary>What style sheets in drawings and outputs come to.</summary>
public class OutputStyleTests
{
    [Fact]
    public void Only_what_use_draws_in_another_place_is_marked()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Shows(
            "image/svg+xml",
            "<svg viewBox='0 0 9 9'><style>.a{fill:red}</style><defs><g id='g'><rect class='a'/></g></defs><rect class='a'/><use xlink:href='#g'/></svg>").ToDocument());

        Assert.Equal(["svg", "g", "rect"], page.QuerySelectorAll("[data-sheet]").Select(element => element.LocalName));
        Assert.Single(page.QuerySelectorAll("[data-sheet]").Select(element => element.GetAttribute("data-sheet")).Distinct());
    }

    [Fact]
    public void A_symbol_that_the_next_output_uses_keeps_its_style()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook()
            .Shows("text/html", "<svg hidden><style>.a{fill:red}</style><symbol id='s'><rect class='a'/></symbol></svg>").Shows("text/html", "<svg><use href='#s'/></svg>").ToDocument());

        Assert.True(page.QuerySelector("symbol rect")!.HasAttribute("data-sheet"));
        Assert.Equal("#" + page.QuerySelector("symbol")!.Id, page.QuerySelector("use")!.GetAttribute("href"));
    }

    [Fact]
    public void A_drawing_keeps_its_style_without_what_would_load()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Shows(
            "image/svg+xml",
            """
            <svg viewBox='0 0 9 9'><style>@import 'https://example.com/a.css'; @font-face { font-family: X; src: url(https://example.com/f.woff) }
            .a { fill: red; background: url( 'https://example.com/a.png' ); mask: image-set("https://example.com/a.png" 1x); filter: \75rl(https://example.com); stroke: url(#g); content: "\201C" }
            .b { fill: u\rl(https://example.com/) }</style><rect class='a'/></svg>
            """).ToDocument());
        string style = page.QuerySelector(".output style")!.TextContent;

        Assert.DoesNotContain("example.com", style, StringComparison.Ordinal);
        Assert.Contains("fill: red;", style, StringComparison.Ordinal);
        Assert.Contains("stroke: url(#g);", style, StringComparison.Ordinal);
        Assert.Contains("content: \"\\201C\";", style, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colour_that_looks_like_an_id_stays_a_colour()
    {
        const string Drawing = """<svg viewBox="0 0 9 9"><style>#add, [id='add'], [href="#add"], .a\#add { fill: #add; stroke: url("#add") }</style><rect id="add"/></svg>""";
        IHtmlDocument page = Handout.Render(new TestNotebook().Shows("image/svg+xml", Drawing).Shows("image/svg+xml", Drawing).ToDocument());
        string scope = $"[data-sheet=\"{page.QuerySelectorAll("svg")[1].GetAttribute("data-sheet")}\"]";

        Assert.Equal(
            string.Join(", ", ((string[])["#add-2", "[id=\"add-2\"]", "[href=\"#add-2\"]", @".a\#add"]).Select(selector => $"{selector}:is({scope}, {scope} *)"))
                + " { fill: #add; stroke: url(\"#add-2\"); }",
            page.QuerySelectorAll(".output style")[1].TextContent);
    }

    [Fact]
    public void Two_sheets_of_one_output_share_their_names_and_inline_styles_follow()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Shows(
            "text/html", "<style>@keyframes k{}</style><style>a{animation:k}</style><p style='animation: k 1s; color: red'>x</p>").ToDocument());
        string suffix = "-" + page.QuerySelector(".html")!.GetAttribute("data-sheet");

        Assert.Equal($"@keyframes k{suffix} {{ }}", page.QuerySelectorAll(".output style")[0].TextContent);
        Assert.Contains($"animation:k{suffix};", page.QuerySelectorAll(".output style")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal($"animation: k{suffix} 1s;color: red", page.QuerySelector(".html p")!.GetAttribute("style"));
    }

    [Fact]
    public void A_script_finds_names_as_they_were()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Shows("text/html", "<style>@keyframes k{}</style><script>f('k')</script>").ToDocument());

        Assert.Equal("@keyframes k { }", page.QuerySelector(".output style")!.TextContent);
    }

    [Fact]
    public void A_medium_is_part_of_the_style_sheet_and_a_title_makes_none_optional()
    {
        IElement style = Handout.Render(new TestNotebook().Shows("text/html", "<style media='(prefers-color-scheme: dark)' title='a'>p{x:y}</style>").ToDocument()).QuerySelector(".output style")!;

        Assert.Empty(style.Attributes);
        Assert.StartsWith("@media screen and (prefers-color-scheme: dark) { p:is(", style.TextContent, StringComparison.Ordinal);
    }
}
