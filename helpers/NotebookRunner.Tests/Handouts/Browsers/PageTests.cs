using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Browsers;

/// <summary>The handouts in a real browser.</summary>
public sealed partial class PageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string White = "rgb(255, 255, 255)";

    [BrowserFact]
    public async Task No_page_asks_for_anything_or_complains()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1400);
        List<string> requests = [];
        List<string> complaints = [];
        reader.Request += (_, request) => requests.Add(request.Url);
        reader.Console += (_, message) => complaints.Add(message.Text);
        reader.WebError += (_, error) => complaints.Add(error.Error);
        IPage page = await reader.NewPageAsync();
        foreach (string path in fixture.Pages)
            await page.GotoAsync(new Uri(path).AbsoluteUri);

        // Images in data URIs are none; whether the browser reports them depends on its version.
        Assert.Equal(fixture.Pages.Select(path => new Uri(path).AbsoluteUri), requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
        Assert.Empty(complaints);
    }

    [BrowserFact]
    public async Task Every_drawing_has_a_size_and_a_name()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1400);
        foreach (string path in fixture.Sorts)
        {
            IPage page = await BrowserFixture.OpenAsync(reader, path);
            Assert.Empty(await page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('main svg:not(svg svg), main img')].filter(drawing => {
                    const box = drawing.getBoundingClientRect();
                    const name = drawing.getAttribute('aria-label') || drawing.getAttribute('alt') || drawing.getAttribute('aria-labelledby');
                    return box.width < 10 || box.height < 10 || !name;
                }).map(drawing => drawing.outerHTML.slice(0, 200))
                """));
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task Nothing_is_wider_than_a_phone()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(360);
        foreach (string path in fixture.Sorts)
        {
            IPage page = await BrowserFixture.OpenAsync(reader, path);
            Assert.Empty(await page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('body *')].filter(element =>
                    !element.closest('.table, .html, svg svg, svg *, .skip') && element.getBoundingClientRect().right > 360.5).map(element => element.outerHTML.slice(0, 200))
                """));
            Assert.Equal(360, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task Code_can_be_copied_as_it_was_written_and_goes_on_below_itself_where_it_is_too_long()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(360);
        IPage page = await BrowserFixture.OpenAsync(reader, fixture.EveryKind);
        string[] sources = [.. NotebookDocument.Load(Samples.EveryKind).RunnableCells.Select(cell => cell.Source)];

        Assert.Equal(sources, await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.input pre')].map(code => {
                getSelection().selectAllChildren(code);
                return getSelection().toString();
            })
            """));
        Assert.True(await page.EvaluateAsync<bool>(
            """
            () => {
                const line = [...document.querySelectorAll('.input .l')].find(line => line.textContent.startsWith('CalcSquare(arr); var'));
                const range = document.createRange();
                range.selectNodeContents(line);
                const lefts = [...range.getClientRects()].map(box => box.left);
                return line.offsetHeight > 60 && lefts.some(left => left > lefts[0] + 5 && left < lefts[0] + 25);
            }
            """));
    }

    [BrowserFact]
    public async Task The_contents_are_folded_on_a_phone_and_beside_the_text_on_a_wide_screen()
    {
        await using IBrowserContext phone = await fixture.NewReaderAsync(360);
        IPage small = await BrowserFixture.OpenAsync(phone, fixture.First);
        Assert.False(await small.Locator(".contents li").First.IsVisibleAsync());
        await small.Locator(".contents summary").ClickAsync();
        Assert.True(await small.Locator(".contents li").First.IsVisibleAsync());

        await using IBrowserContext desk = await fixture.NewReaderAsync(1400);
        IPage wide = await BrowserFixture.OpenAsync(desk, fixture.First);
        LocatorBoundingBoxResult contents = (await wide.Locator(".contents").BoundingBoxAsync())!;
        LocatorBoundingBoxResult title = (await wide.Locator("h1").BoundingBoxAsync())!;
        Assert.True(contents.X + contents.Width < title.X);
        Assert.True(await wide.Locator(".contents li").First.IsVisibleAsync());
    }

    [BrowserFact]
    public async Task A_page_follows_the_setting_of_the_reader_and_his_choice_before_it()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1400, ColorScheme.Dark);
        IPage page = await BrowserFixture.OpenAsync(reader, fixture.First);
        Colors dark = await ColorsAsync(page);
        Assert.NotEqual(White, dark.Page);
        Assert.All(dark.Papers, paper => Assert.NotEqual(White, paper));

        await page.Locator(".theme select").SelectOptionAsync("light");
        Colors light = await ColorsAsync(page);
        Assert.Equal(White, light.Page);
        Assert.NotEmpty(light.Papers);
        Assert.All(light.Papers, paper => Assert.Equal(White, paper));

        // Kept for the next page, and taken back. Each page has a process of its own in the browser, to which what another one keeps comes a moment later.
        IPage next = await BrowserFixture.OpenAsync(reader, fixture.EveryKind);
        await next.WaitForFunctionAsync("localStorage.getItem('handout-theme') === 'light'");
        await next.ReloadAsync();
        Assert.Equal(White, (await ColorsAsync(next)).Page);
        await next.Locator(".theme select").SelectOptionAsync("");
        Assert.NotEqual(White, (await ColorsAsync(next)).Page);
        await page.WaitForFunctionAsync("localStorage.getItem('handout-theme') === ''");
        await page.ReloadAsync();
        Assert.Equal(dark.Page, (await ColorsAsync(page)).Page);
    }

    [BrowserFact]
    public async Task A_light_room_can_have_a_dark_page()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1400, ColorScheme.Light);
        IPage page = await BrowserFixture.OpenAsync(reader, fixture.First);
        await page.Locator(".theme select").SelectOptionAsync("dark");
        Colors dark = await ColorsAsync(page);

        Assert.NotEqual(White, dark.Page);
        Assert.All(dark.Papers, paper => Assert.NotEqual(White, paper));

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Colors printed = await ColorsAsync(page);
        Assert.Equal(White, printed.Page);
        Assert.All(printed.Papers, paper => Assert.Equal(White, paper));
    }

    [BrowserFact]
    public async Task Without_scripts_a_page_is_whole_and_follows_the_setting()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(360, ColorScheme.Dark, scripts: false);
        IPage page = await BrowserFixture.OpenAsync(reader, fixture.First);

        Assert.False(await page.Locator(".theme").IsVisibleAsync());
        Assert.True(await page.Locator(".contents li").First.IsVisibleAsync());
        Assert.NotEqual(White, (await ColorsAsync(page)).Page);
    }

    [BrowserFact]
    public async Task The_keyboard_reaches_everything_in_order()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1400);
        IPage page = await BrowserFixture.OpenAsync(reader, fixture.First);
        string[] all = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('a[href], select, summary, [tabindex="0"]')].filter(element => element.checkVisibility())
                .map((element, index) => { element.dataset.stop = index; return String(index); })
            """);
        List<string> reached = [];
        for (int i = 0; i < all.Length; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("() => document.activeElement.dataset.stop ?? document.activeElement.outerHTML.slice(0, 100)"));
        }

        Assert.Equal(all, reached);
        Assert.Equal("skip", await page.Locator("[data-stop='0']").GetAttributeAsync("class"));
    }

    [BrowserFact]
    public async Task What_is_printed_has_pages_and_no_address_of_this_machine()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1400, ColorScheme.Dark);
        foreach (var (path, pages) in ((string, int)[])[(fixture.First, 5), (fixture.EveryKind, 3)])
        {
            IPage page = await BrowserFixture.OpenAsync(reader, path);
            string pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true }));

            Assert.True(PdfPage().Count(pdf) >= pages, $"{PdfPage().Count(pdf)} pages");
            Assert.DoesNotContain("file:", pdf, StringComparison.Ordinal);
        }
    }

    [AxeFact]
    public async Task The_accessibility_checker_finds_nothing_serious()
    {
        string axe = await File.ReadAllTextAsync(AxeFactAttribute.ScriptPath!);
        foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using IBrowserContext reader = await fixture.NewReaderAsync(scheme == ColorScheme.Light ? 1400 : 360, scheme);
            foreach (string path in (string[])[scheme == ColorScheme.Light ? fixture.Whole : fixture.First, fixture.EveryKind])
            {
                IPage page = await BrowserFixture.OpenAsync(reader, path);
                await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
                await page.EvaluateAsync(axe);
                string[] found = await page.EvaluateAsync<string[]>(
                    """
                    async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                        .filter(violation => violation.impact === 'serious' || violation.impact === 'critical')
                        .map(violation => `${violation.id}: ${violation.nodes.map(node => node.html.slice(0, 150)).join(' | ')}`)
                    """);
                Assert.True(found.Length == 0, $"{Path.GetFileName(path)}, {scheme}: {string.Join('\n', found)}");
            }
        }
    }

    private static async Task<Colors> ColorsAsync(IPage page) => (await page.EvaluateAsync<JsonElement>(
        """
        () => ({
            page: getComputedStyle(document.body).backgroundColor,
            papers: [...document.querySelectorAll('svg [class$="paper"]')].filter(paper => paper.localName === 'rect').map(paper => getComputedStyle(paper).fill),
        })
        """)).Deserialize<Colors>(JsonSerializerOptions.Web)!;

    [GeneratedRegex(@"/Type\s*/Page\b", RegexOptions.CultureInvariant)]
    private static partial Regex PdfPage();

    /// <summary>The background of a page, and those of its figures and charts.</summary>
    private sealed record Colors(string Page, string[] Papers);
}
