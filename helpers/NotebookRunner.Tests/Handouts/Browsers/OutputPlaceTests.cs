using AngleSharp;
using Microsoft.Playwright;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Browsers;

/// <summary>Outputs that would act beyond their place, or lose what acts in it, in a real browser.</summary>
public sealed class OutputPlaceTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    // Its own class "bar" is one of the page's, and its shapes are used in other places.
    private const string Drawing = """
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="plot" width="90" height="30"><style><![CDATA[
        .plot > .bar { fill: COLOR } .s { fill: COLOR } g.part > circle { fill: COLOR } :root { --c: COLOR } .v { fill: var(--c) }
        .grad stop { stop-color: COLOR }
        ]]></style><defs><symbol id="sym" viewBox="0 0 9 9"><g class="part"><circle r="9"/></g></symbol><linearGradient id="g" class="grad"><stop offset="0"/></linearGradient></defs>
        <rect class="bar" width="9" height="9"/><rect id="r" class="s" x="10" width="9" height="9"/><use xlink:href="#r" x="10"/><use href="#sym" x="40" width="9" height="9"/>
        <rect class="v" x="60" width="9" height="9"/><rect x="70" width="9" height="9" fill="url(#g)"/></svg>
        """;

    [BrowserFact]
    public async Task Drawings_with_the_same_names_keep_their_own_colours_in_all_their_parts()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1000);
        IPage page = await OpenAsync(reader, new TestNotebook()
            .Shows("image/svg+xml", Drawing.Replace("COLOR", "rgb(255, 0, 0)", StringComparison.Ordinal))
            .Shows("image/svg+xml", Drawing.Replace("COLOR", "rgb(0, 128, 0)", StringComparison.Ordinal))
            .Shows("text/html", $"<div>{Drawing.Replace("COLOR", "rgb(0, 0, 255)", StringComparison.Ordinal)}</div>"));

        foreach (var (index, color) in ((string[])["255,0,0", "0,128,0", "0,0,255"]).Index())
            Assert.Equal([color], await ColorsAsync(page, await page.Locator(".output svg").Nth(index).ScreenshotAsync()));

        // Whatever the style sheets say: what is painted, without the paper and the edges of shapes.
        static async Task<string[]> ColorsAsync(IPage page, byte[] picture) => await page.EvaluateAsync<string[]>(
            """
            async picture => {
                const image = new Image();
                image.src = 'data:image/png;base64,' + picture;
                await image.decode();
                const canvas = document.createElement('canvas');
                [canvas.width, canvas.height] = [image.width, image.height];
                const context = canvas.getContext('2d');
                context.drawImage(image, 0, 0);
                const pixels = context.getImageData(0, 0, image.width, image.height).data;
                const counts = new Map();
                for (let i = 0; i < pixels.length; i += 4) {
                    const color = pixels.slice(i, i + 3).join();
                    counts.set(color, (counts.get(color) ?? 0) + 1);
                }
                return [...counts].filter(([color, count]) => count > 30 && color !== '255,255,255').map(([color]) => color);
            }
            """,
            Convert.ToBase64String(picture));
    }

    [BrowserFact]
    public async Task A_style_sheet_acts_in_its_output_and_nowhere_else()
    {
        const string Style = """
            <style>:root { --ink: rgb(1, 2, 3); font-size: 40px } body { background: rgb(4, 5, 6); display: none } main, .cell, .outputs, footer { display: none }
            p, h1, a, td { color: rgb(7, 8, 9) !important } @page { size: A6 } * { letter-spacing: 9px } .html { background: rgb(4, 5, 6); display: block }</style>
            <h1>heading</h1><p>text</p>
            """;
        await using IBrowserContext reader = await fixture.NewReaderAsync(1000);
        string[] before = await LooksAsync(await OpenAsync(reader, With("<p>text</p>")));
        IPage page = await OpenAsync(reader, With(Style));

        Assert.Equal(before, await LooksAsync(page));
        Assert.Equal("rgb(7, 8, 9)", await ColorAsync(page.Locator(".html p").First));
        Assert.Equal("rgb(7, 8, 9)", await ColorAsync(page.GetByText("heading")));
        Assert.Equal("rgb(4, 5, 6)", await page.Locator(".html").First.EvaluateAsync<string>("element => getComputedStyle(element).backgroundColor"));

        TestNotebook With(string html) => new TestNotebook().Markdown("# Title\n\n[link](https://example.com)").Shows("text/html", html).Shows("text/html", "<table><tr><td>cell</table>").Markdown("after");

        // Of all elements but those of the first output.
        static async Task<string[]> LooksAsync(IPage page) => await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('body, body *')].filter(element => !element.closest('script, style') && element.closest('.html') !== document.querySelector('.html'))
                .map(element => { const s = getComputedStyle(element); return [element.localName, element.className, s.color, s.display, s.backgroundColor, s.fontSize, s.letterSpacing].join('; '); })
            """);
    }

    [BrowserFact]
    public async Task A_style_sheet_holds_for_what_a_script_adds()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1000);
        IPage page = await OpenAsync(reader, new TestNotebook().Shows(
            "text/html", "<style>.made { color: rgb(1, 2, 3) }</style><div id='a'></div><script>document.getElementById('a').innerHTML = '<p class=\"made\">made</p>';</script>"));

        Assert.Equal("rgb(1, 2, 3)", await ColorAsync(page.GetByText("made")));
    }

    [BrowserFact]
    public async Task Classes_of_the_page_mean_nothing_in_an_output()
    {
        string[] names = ["skip", "bar", "home", "theme", "contents", "cell", "code", "input", "outputs", "notes", "line", "number", "pager", "notebooks", "whole", "l", "k", "s", "table", "with-contents"];
        await using IBrowserContext reader = await fixture.NewReaderAsync(1000);
        foreach (Media medium in (Media[])[Media.Screen, Media.Print])
        {
            Assert.Equal(await LooksAsync(names.Select(_ => "other")), await LooksAsync(names));

            async Task<string[]> LooksAsync(IEnumerable<string> classes)
            {
                IPage page = await OpenAsync(reader, new TestNotebook().Shows("text/html", string.Concat(classes.Select(name => $"<p class='{name}'><span class='{name}'>x</span></p>")) + "<main>x</main><article>x</article><article>x</article><footer>x</footer>"));
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = medium });
                return await page.EvaluateAsync<string[]>(
                    """
                    () => [...document.querySelectorAll('.output > .html *')].map(element => { const s = getComputedStyle(element);
                        return [s.color, s.display, s.backgroundColor, s.font, s.margin, s.padding, s.border, s.maxWidth, s.width, s.height, s.breakBefore].join('; '); })
                    """);
            }
        }
    }

    [BrowserFact]
    public async Task What_is_fixed_in_an_output_stays_in_it()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1000);
        IPage page = await OpenAsync(reader, new TestNotebook().Markdown("# Title").Shows("text/html", "<div style='height: 5em'><div id='f' style='position: fixed; inset: 0'>x</div></div>"));
        LocatorBoundingBoxResult output = (await page.Locator(".output > .html").BoundingBoxAsync())!;
        LocatorBoundingBoxResult box = (await page.GetByText("x", new() { Exact = true }).BoundingBoxAsync())!;

        Assert.InRange(box.Y, output.Y, output.Y + output.Height);
        Assert.InRange(box.Height, 0, output.Height);
    }

    [BrowserFact]
    public async Task An_element_without_an_end_ends_with_its_output()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(1000);
        string[] open = ["<plaintext>a < b", "<!-- a", "<script>var a;", "<style>p{", "<textarea>a", "<xmp>a", "<select><option>a", "<iframe>", "<noembed>", "<svg><title>", "<table><tr><td>", "<template><p>", "<a href='#x'>", "<noscript>"];
        var notebook = new TestNotebook();
        foreach (string html in open)
            notebook.Shows("text/html", html).Markdown("after");
        IPage page = await OpenAsync(reader, notebook);

        Assert.Equal(open.Length, await page.Locator("#page\\.content > .cell.prose > p", new() { HasText = "after" }).CountAsync());
        Assert.Equal("a < b", await page.Locator(".output pre").First.InnerTextAsync());
    }

    private static async Task<IPage> OpenAsync(IBrowserContext reader, TestNotebook notebook)
    {
        IPage page = await reader.NewPageAsync();
        await page.SetContentAsync(Handout.Render(notebook.ToDocument()).ToHtml());
        return page;
    }

    private static Task<string> ColorAsync(ILocator locator) => locator.EvaluateAsync<string>("element => getComputedStyle(element).color");
}
