using AngleSharp.Html.Dom;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Content;

public class OutlineTests
{
    [Theory]
    [InlineData("# T\n\n## a\n\n### b\n\n## c", "h1 T, h2 a, h3 b, h2 c")]
    [InlineData("# T\n\n#### a\n\n###### b\n\n## c", "h1 T, h2 a, h3 b, h2 c")]
    [InlineData("# T\n\n# a\n\n## b\n\n# c", "h1 T, h2 a, h3 b, h2 c")]
    [InlineData("### a\n\n# b", "h1 test, h2 a, h2 b")]
    [InlineData("# T\n\n> ## quoted\n\n## a", "h1 T, h2 quoted, h2 a")]
    public void Headings_are_in_order_and_one_is_the_first(string markdown, string expected)
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Markdown(markdown).ToDocument());

        Assert.Equal(expected, string.Join(", ", page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => $"{heading.LocalName} {heading.TextContent}")));
    }

    [Fact]
    public void Headings_of_outputs_stand_below_their_section_and_not_in_the_contents()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook()
            .Markdown("# T\n\n## a").Shows("text/markdown", "# shown").Shows("text/html", "<h1>shown</h1>").ToDocument());

        Assert.Equal(["h3", "h3"], page.QuerySelectorAll(".output :is(h1, h2, h3)").Select(heading => heading.LocalName));
        Assert.Equal(["a"], page.QuerySelectorAll(".contents a").Select(link => link.TextContent));
    }

    [Fact]
    public void Where_CSharp_differs_is_a_section_with_all_that_belongs_to_it()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook()
            .Markdown("# T\n\n## C#에서는 이렇습니다\n\n하나").Code("1").Markdown("### 더\n\n둘\n\n## 기억할 것\n\n셋").ToDocument());
        var section = Assert.Single(page.QuerySelectorAll("section.in-csharp"));

        Assert.Equal("C#에서는 이렇습니다", page.GetElementById(section.GetAttribute("aria-labelledby")!)!.TextContent);
        Assert.Contains("하나", section.TextContent, StringComparison.Ordinal);
        Assert.NotNull(section.QuerySelector(".cell.code"));
        Assert.Contains("둘", section.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("셋", section.TextContent, StringComparison.Ordinal);
    }
}
