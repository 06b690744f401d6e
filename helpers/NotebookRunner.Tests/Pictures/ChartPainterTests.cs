using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Printing;
using NotebookRunner.Handouts.Safety;
using NotebookRunner.Handouts.Scripts;
using NotebookRunner.Pictures;
using NotebookRunner.Tests.Handouts.Browsers;
using NotebookRunner.Tests.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Pictures;

/// <summary>Pictures of charts that a script draws.</summary>
public sealed class ChartPainterTests : IDisposable
{
    // In place of the 3.6 MB: what is called of it.
    private static readonly PlotlyScript Stub = new(
        new ScriptFile(
            "plotly.min.js",
            """
            /** plotly.js v2.28.0 */
            var Plotly = {
                newPlot: (id, data) => {
                    const chart = document.getElementById(id);
                    chart.className = 'js-plotly-plot';
                    chart._fullLayout = { width: 300, height: 200 };
                    chart.data = data;
                },
                toImage: async (chart, { format, width, height }) =>
                    `<svg class="main-svg" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" onload="alert(1)"><script>alert(1)</` + `script>`
                    + `<g class="empty"></g><clipPath id="clip${Math.random()}"><rect width="1" height="1"></rect></clipPath>`
                    + `<defs><clipPath id="used${Math.random()}x"><rect width="2" height="2"></rect></clipPath></defs><text>${chart.data.join()} &lt; 제곱</text></svg>`,
            };
            """),
        "2.28.0");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserFact]
    public async Task Each_chart_gets_a_picture_with_a_name_that_can_neither_act_nor_load()
    {
        NotebookDocument notebook = new TestNotebook().Shows("text/html", Chart("a", "[1]")).Shows("text/html", Chart("b", "['나']")).ToDocument();

        Assert.Empty(await Painter(Stub).PaintAsync(notebook, File, CancellationToken.None));

        IElement[] pictures = [.. notebook.Cells.Select(Picture)];
        Assert.Equal(["1 < 제곱", "나 < 제곱"], pictures.Select(picture => picture.TextContent));
        foreach (IElement picture in pictures)
        {
            Assert.Equal(("img", "Plotly", "300"), (picture.GetAttribute("role"), picture.GetAttribute("aria-label"), picture.GetAttribute("width")));
            Assert.Equal("max-width:100%;height:auto;min-width:225px", picture.GetAttribute("style"));
            Assert.Empty(picture.QuerySelectorAll("script, [class], [id], g"));
            Assert.False(picture.HasAttribute("onload"));
            Assert.False(picture.ParentElement!.NextElementSibling!.HasAttribute("open"));
        }
    }

    [BrowserFact]
    public async Task Without_its_pictures_an_output_is_what_the_cell_has_shown()
    {
        NotebookDocument notebook = new TestNotebook().Shows("text/html", Chart("a", "[1]")).ToDocument();

        await Painter(Stub).PaintAsync(notebook, File, CancellationToken.None);

        Assert.Equal(PicturePlace.Empty(Chart("a", "[1]")), PicturePlace.Empty(((DataOutput)notebook.Cells[0].Outputs[0]).Data["text/html"]!));
    }

    [BrowserFact]
    public async Task The_same_chart_gets_the_same_picture_each_time()
    {
        NotebookDocument first = new TestNotebook().Shows("text/html", Chart("a", "[1]")).ToDocument();
        NotebookDocument second = new TestNotebook().Shows("text/html", Chart("a", "[1]")).ToDocument();

        await Painter(Stub).PaintAsync(first, File, CancellationToken.None);
        await Painter(Stub).PaintAsync(second, File, CancellationToken.None);

        Assert.Equal(first.ToText(), second.ToText());
    }

    [BrowserFact]
    public async Task A_chart_that_fails_is_told_and_the_others_are_drawn()
    {
        NotebookDocument notebook = new TestNotebook()
            .Shows("text/html", Chart("a", "noSuchName"))
            .Shows("text/html", Chart("b", "[2]"))
            .Shows("text/html", Chart("c", "[3]").Replace("2.28.0", "3.1.0", StringComparison.Ordinal))
            .ToDocument();

        IReadOnlyList<string> problems = await Painter(Stub).PaintAsync(notebook, File, CancellationToken.None);

        Assert.Equal(2, problems.Count);
        Assert.Contains("code cell 1", problems[0], StringComparison.Ordinal);
        Assert.Contains("noSuchName is not defined", problems[0], StringComparison.Ordinal);
        Assert.Contains("it asks for https://example.com/plotly-3.1.0.min.js, and the script at hand is plotly.js 2.28.0", problems[1], StringComparison.Ordinal);
        Assert.Equal([false, true, false], notebook.Cells.Select(cell => PicturePlace.HasPicture(cell.Outputs[0])));
    }

    [UnixFact]
    public async Task A_browser_that_gives_no_page_back_is_told_for_each_chart()
    {
        NotebookDocument notebook = new TestNotebook().Shows("text/html", Chart("a", "[1]")).ToDocument();
        string before = notebook.ToText();
        string browser = _folder.Write("browser", "#!/bin/sh\necho cannot open display >&2; exit 3\n");
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        string problem = Assert.Single(await new ChartPainter(browser, Stub).PaintAsync(notebook, File, CancellationToken.None));

        Assert.Contains("exit code 3", problem, StringComparison.Ordinal);
        Assert.Contains("cannot open display", problem, StringComparison.Ordinal);
        Assert.Equal(before, notebook.ToText());
    }

    [PlotlyFact]
    public async Task Plotly_draws_words_in_Korean_as_words()
    {
        NotebookDocument notebook = new TestNotebook()
            .Shows("text/html", Chart("a", "[{ type: 'bar', name: '측정값', x: ['순차', '스레드 2개'], y: [0.8, 0.4] }, { type: 'bar', name: '이론값', x: ['순차'], y: [0.8] }]")).ToDocument();

        Assert.Empty(await Painter(PlotlyScript.Load(PlotlyScript.Named!, "test")).PaintAsync(notebook, File, CancellationToken.None));

        IElement picture = Picture(notebook.Cells[0]);
        string[] words = [.. picture.QuerySelectorAll("text").Select(text => text.TextContent)];
        Assert.Contains("스레드 2개", words);
        Assert.Contains("측정값", words);
        // The bars are cut at the axes: what is referred to is there.
        string[] ids = [.. picture.QuerySelectorAll("[clip-path]").Select(part => part.GetAttribute("clip-path")![5..^1])];
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.NotNull(picture.QuerySelector($"clipPath[id='{id}']")));
        Assert.InRange(picture.OuterHtml.Length, 2_000, 20_000);
    }

    private static NotebookFile File { get; } = new(Path.Combine(Samples.Folder, "test.ipynb"));

    private static ChartPainter Painter(PlotlyScript plotly) => new(ChromiumProgram.Find()!, plotly);

    private static IElement Picture(NotebookCell cell) =>
        Assert.Single(HtmlFragment.Parse(((DataOutput)cell.Outputs[0]).Data["text/html"]!).QuerySelectorAll("[data-picture-of] > svg"));

    private static string Chart(string id, string data) => $"""
        <div>
        <div hidden=""><div id="{id}"></div></div>
        <div data-picture-of="{id}"></div>
        <details open=""><summary>figures</summary></details>
        <script src="https://example.com/plotly-2.28.0.min.js"></script>
        <script>document.querySelector('[hidden]').hidden = false; Plotly.newPlot('{id}', {data});</script>
        </div>
        """;
}
