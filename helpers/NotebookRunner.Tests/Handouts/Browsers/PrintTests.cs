using AngleSharp;
using Microsoft.Playwright;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Browsers;

/// <summary>What of a page is on paper.</summary>
public sealed class PrintTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    // A4 without its margins, in the pixels of a browser.
    private const int PaperWidth = 665;

    // As .NET Interactive shows an object.
    private static readonly string Object =
        $$"""
        <details class="dni-treeview"><summary><span class="dni-code-hint"><code>Point { X = 1, Text = {{string.Concat(Enumerable.Repeat("길고 긴 글 ", 60))}} }</code></span></summary>
        <div>folded</div></details>
        <style>
        .dni-code-hint { font-style: italic; overflow: hidden; white-space: nowrap; }
        .dni-treeview { white-space: nowrap; }
        </style>
        """;

    [BrowserFact]
    public async Task The_text_is_as_wide_as_the_paper()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(PaperWidth);
        IPage page = await reader.NewPageAsync();
        await page.SetContentAsync(Handout.Render(new TestNotebook().Markdown("# 제목\n\n글").Code("1").ToDocument()).ToHtml());
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.Equal(PaperWidth, (await page.Locator("main").BoundingBoxAsync())!.Width);
        Assert.Equal(0, await page.Locator("body > :is(.skip, .bar, .pager, footer)").Filter(new() { Visible = true }).CountAsync());
    }

    [BrowserFact]
    public async Task An_object_is_there_with_all_of_its_first_line()
    {
        await using IBrowserContext reader = await fixture.NewReaderAsync(PaperWidth);
        IPage page = await reader.NewPageAsync();
        await page.SetContentAsync(Handout.Render(new TestNotebook().Shows("text/html", Object).ToDocument()).ToHtml());
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.True(await page.Locator(".dni-treeview summary").IsVisibleAsync());
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.output *')].filter(element => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
                .map(element => element.outerHTML.slice(0, 200))
            """));
    }
}
