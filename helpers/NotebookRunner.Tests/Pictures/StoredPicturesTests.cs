using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Pictures;
using NotebookRunner.Tests.Chapter;
using NotebookRunner.Tests.Handouts.Browsers;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Pictures;

/// <summary>What becomes of a picture when its notebook is run.</summary>
public sealed class StoredPicturesTests : IDisposable
{
    private const string Stub =
        """
        /** plotly.js v2.28.0 */
        var Plotly = {
            newPlot: id => { document.getElementById(id).className = 'js-plotly-plot'; document.getElementById(id)._fullLayout = { width: 300, height: 200 }; },
            toImage: async () => '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200"><text>drawn</text></svg>',
        };
        """;

    // What it shows stands in a file.
    private const string Cell =
        """"
        HTML($"""
            <div><div hidden=""><div id="a"></div></div>
            <div data-picture-of="a"></div>
            <details open=""><summary>{System.IO.File.ReadAllText("figures")}</summary></details>
            <script src="https://example.com/plotly-2.28.0.min.js"></script>
            <script>document.querySelector('[hidden]').hidden = false; Plotly.newPlot('a');</script></div>
            """)
        """";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserTheory(IsLong = true)]
    [InlineData("1.5 s", "1.5 s", new string[0], true)]
    [InlineData("1.5 s", "1.6 s", new[] { "timing" }, true)]
    [InlineData("1.5 s", "1.6 s", new string[0], false)]
    public async Task A_run_that_draws_nothing_keeps_the_picture_of_the_same_figures(string before, string now, string[] tags, bool isKept)
    {
        _folder.Write("plotly.min.js", Stub);
        _folder.Write("a.ipynb", new TestNotebook().Code(Cell, new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) }).ToString());

        _folder.Write("figures", before);
        ProgramResult drawing = await RunnerProgram.RunAsync(_folder.Path, "run", "a.ipynb", "--in-place", "--plotly", "plotly.min.js");
        string drawn = _folder.Read("a.ipynb");
        _folder.Write("figures", now);
        ProgramResult second = await RunnerProgram.RunAsync(_folder.Path, "run", "a.ipynb", "--in-place");

        Assert.Equal(("", 0), (drawing.StandardError, drawing.ExitCode));
        Assert.Contains("<text>drawn</text>", drawn, StringComparison.Ordinal);
        Assert.Equal(0, second.ExitCode);
        if (isKept)
        {
            Assert.Equal(("", drawn), (second.StandardError, _folder.Read("a.ipynb")));
            return;
        }

        Assert.StartsWith("warning: a.ipynb: code cell 1", second.StandardError, StringComparison.Ordinal);
        Assert.Contains("--plotly FILE", second.StandardError, StringComparison.Ordinal);
        string html = ((DataOutput)Assert.Single(_folder.Load("a.ipynb").Cells[0].Outputs)).Data["text/html"]!;
        Assert.Contains("<details open", html, StringComparison.Ordinal);
        Assert.Contains("1.6 s", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_chart_of_the_chapter_has_one()
    {
        CellOutput[] charts =
        [
            .. Directory.EnumerateFiles(ChapterFolder.Path, "*.ipynb")
                .SelectMany(path => NotebookDocument.Load(path).RunnableCells)
                .SelectMany(cell => cell.Outputs)
                .Where(output => PicturePlace.Html(output) is not null),
        ];

        Assert.NotEmpty(charts);
        Assert.All(charts, chart => Assert.True(PicturePlace.HasPicture(chart)));
    }
}
