using NotebookRunner.Checks;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Checks;

public sealed class LinkCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LinkCheckTests()
    {
        _folder.Write("images/a picture.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        _folder.Write("images/no picture.svg", "text");
        _folder.Write("notebooks/b.ipynb", new TestNotebook().Markdown("# C#에서는 (lock)\n\n## Same\n\n## Same\n\n### 임계 영역").ToString());
        _folder.Write("notebooks/c.ipynb", "no notebook");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("![그림](<../images/a picture.svg>) <img src='../images/a%20picture.svg' alt='그림'>")]
    [InlineData("![on the web](https://example.org/x.png) [web](http://example.org) [mail](mailto:a@example.org) <https://example.org>")]
    [InlineData("[b](b.ipynb) [b](b.ipynb#c에서는-lock) [b](b.ipynb#c%EC%97%90%EC%84%9C%EB%8A%94-lock) [b](b.ipynb#same-2) [**임계 영역**](b.ipynb#임계-영역)(critical section) <a href='b.ipynb'>b</a>")]
    [InlineData("# 여기\n\n<a id='there'></a>[here](#여기) [there](#there) [folder](../images)")]
    [InlineData("`[code](gone.ipynb)`\n\n```\n![code](gone.svg)\n```")]
    public void What_leads_somewhere_is_right(string markdown) => Assert.Empty(Problems(markdown));

    [Theory]
    [InlineData("![그림](../images/gone.svg)", "the image '../images/gone.svg' leads to no image")]
    [InlineData("![그림](<../images/no picture.svg>)", "leads to no image")]
    [InlineData("<div>\n<img src='gone.png' alt='그림'>\n</div>", "the image 'gone.png' leads to no image")]
    [InlineData("![그림](attachment:gone.png)", "leads to no image")]
    [InlineData("![](<../images/a picture.svg>)", "has no alternative text")]
    [InlineData("<img src='../images/a%20picture.svg'>", "has no alternative text")]
    [InlineData("![그림](/images/x.svg)", "leads to a place on this machine")]
    [InlineData("[d](d.ipynb)", "the link 'd.ipynb' leads to no file")]
    [InlineData("<p><a href='d.ipynb'>d</a></p>", "the link 'd.ipynb' leads to no file")]
    [InlineData("[d](file:///etc/hosts)", "leads to a place on this machine")]
    [InlineData("[d](%5C%5Cserver%5Cshare)", "leads to a place on this machine")]
    [InlineData("[d](C:%5Cnotes.ipynb)", "leads to a place on this machine")]
    [InlineData("[b](b.ipynb#gone)", "the link 'b.ipynb#gone' leads to no heading of that notebook")]
    [InlineData("[b](b.ipynb#same-3)", "leads to no heading of that notebook")]
    [InlineData("[c](c.ipynb#gone)", "leads to a file that is no notebook")]
    [InlineData("# 여기\n\n[there](#거기)", "the link '#거기' leads to no heading of this notebook")]
    [InlineData("[nowhere]()", "leads to no heading of this notebook")]
    public void What_leads_nowhere_is_named(string markdown, string expected)
    {
        string problem = Assert.Single(Problems(markdown));
        Assert.Contains("a.ipynb: cell 2 (", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_them_are_named() => Assert.Equal(4, Problems("![](gone.svg)\n\n[d](d.ipynb)\n\n[d](d.ipynb#x)").Count());

    private IEnumerable<string> Problems(string markdown) =>
        LinkCheck.FindProblems(new TestNotebook().Markdown("intro").Markdown(markdown).ToCompleteDocument().InFile(_folder["notebooks", "a.ipynb"]));
}
