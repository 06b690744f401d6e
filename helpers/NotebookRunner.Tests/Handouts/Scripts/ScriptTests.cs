using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Scripts;

/// <summary>Outputs that would load a script from elsewhere.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string Chart = """<div id="a"></div><script src="https://example.com/js/lib-1.0.min.js?x=1"></script><script>Lib.draw('a');</script>""";

    private const string Svg = """<svg viewBox="0 0 1 1"><clipPath id="clip"></clipPath><g clip-path="url(#clip)"></g></svg>""";

    private static readonly TestNotebook TwoCharts = new TestNotebook().Shows("text/html", Chart).Shows("text/html", Chart);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_script_that_is_not_at_hand_is_named_in_its_place()
    {
        IHtmlDocument page = Handout.Render(TwoCharts.ToDocument());

        Assert.Empty(page.QuerySelectorAll("script[src]"));
        Assert.Equal(
            ["[이 유인물에 넣지 않은 스크립트: https://example.com/js/lib-1.0.min.js?x=1]"], page.QuerySelectorAll(".output .missing").Select(note => note.TextContent).Distinct());
        Assert.Equal(2, page.QuerySelectorAll(".scripted script").Length);
    }

    [Fact]
    public void Where_a_picture_stands_in_for_the_script_nothing_is_missing()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Shows("text/html", Pictured(Svg)).Shows("text/html", Pictured(Svg)).ToDocument());

        Assert.Empty(page.QuerySelectorAll(".missing, .output script, .output [hidden], .scripted"));
        Assert.Equal(2, page.QuerySelectorAll(".output svg").Length);
        AssertOwnIds(page);
        Assert.Equal(2, page.QuerySelectorAll(".output table").Length);
    }

    [Fact]
    public void Without_a_picture_the_figures_stand_in_for_the_script()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Shows("text/html", Pictured("")).ToDocument());

        Assert.Empty(page.QuerySelectorAll(".missing, .output script, .output svg"));
        Assert.True(page.QuerySelector(".output details")!.HasAttribute("open"));
    }

    [Fact]
    public void A_script_that_is_at_hand_has_a_picture_to_take_the_place_of()
    {
        IHtmlDocument page = Handout.Render(
            new TestNotebook().Shows("text/html", Pictured(Svg)).Shows("text/html", Pictured(Svg)).ToDocument(), options: new HandoutOptions { Scripts = [new("lib-1.0.min.js", "var Lib;")] });

        Assert.Equal(["a", "a"], page.QuerySelectorAll(".scripted [hidden] [id]").Select(chart => chart.Id));
        AssertOwnIds(page);
    }

    [Fact]
    public void A_script_that_is_at_hand_is_in_each_page_that_needs_it_once_before_all_that_uses_it()
    {
        _folder.Write("a.ipynb", TwoCharts.ToString());
        _folder.Write("b.ipynb", TwoCharts.ToString());
        _folder.Write("c.ipynb", new TestNotebook().Markdown("# 글").ToString());
        var writer = new HandoutWriter(_folder.Path, new HandoutOptions { Scripts = [new("other.js", "var Other;"), new("LIB-1.0.min.js", "var Lib = '<!-- <script> </script><b>';")] });
        foreach (NotebookFile file in NotebookFiles.Find([_folder.Path]))
            writer.Add(NotebookDocument.Load(file.FullPath), file);

        Dictionary<string, IHtmlDocument> pages = writer.Write().ToDictionary(page => Path.GetFileName(page.Path), page => Handout.Parse(File.ReadAllText(page.Path)));

        Assert.Equal(5, pages.Count);
        foreach (var (name, page) in pages)
        {
            Assert.Empty(page.QuerySelectorAll("script[src], .missing, b"));
            Assert.DoesNotContain("Other", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
            IElement[] libraries = [.. page.QuerySelectorAll("script").Where(script => script.TextContent.Contains("var Lib", StringComparison.Ordinal))];
            if (name is "c.html" or "index.html")
            {
                Assert.Empty(libraries);
                continue;
            }

            IElement library = Assert.Single(libraries);
            Assert.Equal("head", library.ParentElement!.LocalName);
            Assert.Contains(@"var Lib = '\x3c!-- <script> <\/script><b>';", library.TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("no-such.js", "no-such.js")]
    [InlineData("empty.js", "'empty.js' is empty")]
    [InlineData("page.js", "'page.js' is a web page, not a script")]
    public async Task A_file_that_is_no_script_is_told(string file, string message)
    {
        _folder.Write("a.ipynb", TwoCharts.ToString());
        _folder.Write("empty.js", "\n");
        _folder.Write("page.js", "\n<!DOCTYPE html>");

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "export", "a.ipynb", "--script", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, Assert.Single(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_no_output_asks_for_is_told_with_what_they_ask_for()
    {
        _folder.Write("a.ipynb", TwoCharts.ToString());
        _folder.Write("lib.js", "var Lib;");

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "export", "a.ipynb", "--script", "lib.js");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("warning: --script: no output asks for a script of the name lib.js; they ask for lib-1.0.min.js", result.StandardError.Trim());
    }

    private static void AssertOwnIds(IHtmlDocument page)
    {
        string?[] ids = [.. page.QuerySelectorAll(".output clipPath").Select(clip => clip.Id)];
        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(ids.Select(id => $"url(#{id})"), page.QuerySelectorAll(".output g").Select(group => group.GetAttribute("clip-path")));
    }

    private static string Pictured(string picture) =>
        $"""<div><div hidden=""><div id="a"></div></div><div data-picture-of="a">{picture}</div><details open=""><table><tr><td>1</td></tr></table></details><script src="https://example.com/lib-1.0.min.js"></script><script>Lib.draw('a');</script></div>""";
}
