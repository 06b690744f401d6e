using Microsoft.Playwright;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Handouts.Printing;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Browsers;

/// <summary>The handouts of the chapter and of a notebook with outputs of each kind, and one browser to look at them.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // As PdfPrinter has them: a browser that asks nobody for news.
    private static readonly string[] Arguments =
    [
        "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability",
        "--disable-quic", "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runner-test-");
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The paths of the pages: the chapter's, then the other.</summary>
    internal IReadOnlyList<string> Pages { get; private set; } = [];

    /// <summary>One of each sort, between them with everything that there is.</summary>
    internal IReadOnlyList<string> Sorts => [.. ((string[])[Whole, First, Pages.First(page => Path.GetFileName(page) is "index.html" or "every-kind.html"), EveryKind]).Distinct()];

    /// <summary>The page with an output of each kind.</summary>
    internal string EveryKind => Pages.Single(page => Path.GetFileName(page) == "every-kind.html");

    /// <summary>The page with the whole chapter; while that has only one notebook, its page.</summary>
    internal string Whole => Pages.FirstOrDefault(page => Path.GetFileName(page).StartsWith("chapter", StringComparison.Ordinal)) ?? First;

    /// <summary>The first page of the chapter: with figures, charts and exercises.</summary>
    internal string First => Pages[0];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (ChromiumProgram.Find() is not { } program)
            return;
        string repository = NotebookFiles.FindRepository(AppContext.BaseDirectory)!;
        Pages = [.. Export([Path.Combine(repository, NotebookFiles.FolderName)], "chapter"), .. Export([Samples.EveryKind], "sample")];
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = Arguments,
            ChromiumSandbox = OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess,
            Timeout = FactAttribute.Limit,
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>A reader with a screen and settings of his own, who keeps nothing from the one before.</summary>
    internal async Task<IBrowserContext> NewReaderAsync(int width, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        IBrowserContext reader = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
        });
        reader.SetDefaultTimeout(FactAttribute.Limit);
        return reader;
    }

    internal static async Task<IPage> OpenAsync(IBrowserContext reader, string page)
    {
        IPage opened = await reader.NewPageAsync();
        await opened.GotoAsync(new Uri(page).AbsoluteUri);
        return opened;
    }

    private IEnumerable<string> Export(string[] paths, string name)
    {
        string folder = _folder.CreateSubdirectory(name).FullName;
        var writer = new HandoutWriter(folder, HandoutOptions.Default);
        foreach (NotebookFile file in NotebookFiles.Find(paths))
            writer.Add(NotebookDocument.Load(file.FullPath), file);
        return writer.Write().Select(handout => handout.Path);
    }
}
