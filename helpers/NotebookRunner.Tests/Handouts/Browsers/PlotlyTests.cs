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

    private static readonly string Notebook = Path.Combine(ChapterFolder.Path, "30-8-plotting.ipynb");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserFact]
    public async Task Without_the_script_each_has_a_notice_and_its_figures()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1000);
        IPage page = await BrowserFixture.OpenAsync(reader, Export([]));

        Assert.Equal(5, await page.Locator(".scripted").CountAsync());
        foreach (ILocator chart in await page.Locator(".scripted").AllAsync())
        {
            Assert.True(await chart.GetByText("plotly.js를 인터넷에서 받아야").IsVisibleAsync());
            Assert.True(await chart.Locator("table").IsVisibleAsync());
            Assert.Contains(Name, await chart.Locator(".missing").InnerTextAsync(), StringComparison.Ordinal);
        }
    }

    [BrowserFact]
    public async Task With_the_script_each_is_drawn_and_its_figures_are_folded()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1000);
        IPage page = await BrowserFixture.OpenAsync(reader, Export([Stub]));

        Assert.Equal(5, await page.Locator(".scripted").CountAsync());
        foreach (ILocator chart in await page.Locator(".scripted").AllAsync())
        {
            Assert.True(await chart.GetByText("drawn: ").IsVisibleAsync());
            Assert.Equal(0, await chart.Locator("p").CountAsync());
            Assert.False(await chart.Locator("table").IsVisibleAsync());
        }
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

        Assert.Equal(10, await page.Locator(".scripted").CountAsync());
        foreach (ILocator chart in await page.Locator(".scripted").AllAsync())
            Assert.True(await chart.GetByText("drawn: ").IsVisibleAsync());
    }

    private string Export(IReadOnlyList<ScriptFile> scripts)
    {
        var writer = new HandoutWriter(_folder.Path, new HandoutOptions { Scripts = scripts });
        writer.Add(NotebookDocument.Load(Notebook), new NotebookFile(Notebook));
        return Assert.Single(writer.Write()).Path;
    }
}
