using Microsoft.Playwright;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Handouts.Scripts;
using NotebookRunner.Tests.Chapter;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Browsers;

/// <summary>The charts of the chapter that a script draws, in a real browser.</summary>
public sealed class PlotlyTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>, IDisposable
{
    private const string Name = "plotly-2.28.0.min.js";

    // In place of the 3.6 MB: what the charts call of it.
    private static readonly ScriptFile Stub = new(Name, "var Plotly = { newPlot: (id, data) => { document.getElementById(id).textContent = 'drawn: ' + data.length; } };");

    private const int Charts = 3;

    private static readonly string Notebook = Path.Combine(ChapterFolder.Path, "30-12-plotting.ipynb");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_plotly_each_is_a_picture_on_screen_and_paper(bool scripts)
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(360, scripts: scripts);
        IPage page = await BrowserFixture.OpenAsync(reader, Export([]));

        await AssertPicturesAsync(page);
        Assert.Equal(0, await page.Locator(".output .missing, .scripted").CountAsync());
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await AssertPicturesAsync(page);
    }

    [BrowserFact]
    public async Task With_plotly_each_is_drawn_in_place_of_its_picture_and_its_figures_are_folded()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1000);
        IPage page = await BrowserFixture.OpenAsync(reader, Export([Stub]));

        Assert.Equal(Charts, await page.Locator(".scripted").CountAsync());
        foreach (ILocator chart in await page.Locator(".scripted").AllAsync())
        {
            Assert.True(await chart.GetByText("drawn: ").IsVisibleAsync());
            Assert.Equal(0, await chart.Locator("svg, [data-picture-of]").CountAsync());
            Assert.False(await chart.Locator("table").IsVisibleAsync());
        }
    }

    [BrowserFact]
    public async Task With_plotly_in_the_page_a_reader_whose_browser_runs_no_scripts_has_the_pictures()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(360, scripts: false);
        IPage page = await BrowserFixture.OpenAsync(reader, Export([Stub]));

        Assert.Equal(Charts, await page.Locator(".scripted").CountAsync());
        await AssertPicturesAsync(page);
    }

    [BrowserFact]
    public async Task The_same_chart_is_drawn_wherever_the_page_has_it()
    {
        var writer = new HandoutWriter(_folder.Path, new HandoutOptions { Scripts = [Stub] });
        foreach (string name in (string[])["a.ipynb", "b.ipynb"])
        {
            File.Copy(Notebook, _folder[name]);
            writer.Add(_folder.Load(name), new NotebookFile(_folder[name]));
        }

        string whole = writer.Write().Select(page => page.Path).Single(path => Path.GetFileName(path) is not ("a.html" or "b.html" or "index.html"));
        await using IBrowserContext reader = await fixture.NewReaderAsync(1000);
        IPage page = await BrowserFixture.OpenAsync(reader, whole);

        Assert.Equal(2 * Charts, await page.Locator(".scripted").CountAsync());
        foreach (ILocator chart in await page.Locator(".scripted").AllAsync())
            Assert.True(await chart.GetByText("drawn: ").IsVisibleAsync());
    }

    private static async Task AssertPicturesAsync(IPage page)
    {
        ILocator pictures = page.Locator(".output [data-picture-of] svg");
        Assert.Equal(Charts, await pictures.CountAsync());
        foreach (ILocator picture in await pictures.AllAsync())
        {
            Assert.True(await picture.IsVisibleAsync());
            // Not so small that its words could not be read.
            Assert.InRange((await picture.BoundingBoxAsync())!.Width, 300, 360);
        }

        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 360);
    }

    private string Export(IReadOnlyList<ScriptFile> scripts)
    {
        var writer = new HandoutWriter(_folder.Path, new HandoutOptions { Scripts = scripts });
        writer.Add(NotebookDocument.Load(Notebook), new NotebookFile(Notebook));
        return Assert.Single(writer.Write()).Path;
    }
}
