using NotebookRunner.Documents;

namespace NotebookRunner.Handouts.Printing;

/// <summary>Prints pages to PDF files with a browser.</summary>
internal sealed class PdfPrinter
{
    // Which part is a heading or a cell of a table, and the outline made of it.
    private static readonly string[] WithTags = ["--export-tagged-pdf", "--generate-pdf-document-outline"];
    private static readonly string[] WithoutTags = ["--disable-pdf-tagging"];

    // With the tags of 800,000 table cells Chromium 156 came to an end in one of four runs (240 MB); in the others it stood still. It does with those of 80,000.
    // Without tags it prints all of the former in three minutes (20 MB).
    private const int MostTagged = 200_000;

    private readonly string _browser;
    private readonly Func<long, TimeSpan> _limitFor;

    /// <param name="browser">The path of a browser of the Chromium family.</param>
    internal PdfPrinter(string browser)
        : this(browser, LimitFor)
    {
    }

    /// <param name="browser">The path of a browser of the Chromium family.</param>
    /// <param name="limitFor">How long a page of so many bytes may take.</param>
    internal PdfPrinter(string browser, Func<long, TimeSpan> limitFor)
    {
        _browser = browser;
        _limitFor = limitFor;
    }

    /// <summary>
    /// How long a page of so many bytes may take before something must be wrong. A megabyte of tables, which is 650 sheets of paper, takes about 20 seconds of a processor, and
    /// several times that where there is other work to do. Whoever waits sees how long it has been, and can end it.
    /// </summary>
    internal static TimeSpan LimitFor(long bytes) => TimeSpan.FromMinutes(1) + TimeSpan.FromMinutes(3 * bytes / 1e6);

    /// <summary>Whether a page is so long that its PDF has no outline, and does not tell a screen reader what its parts are.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static bool IsTooLongForTags(string page) => IsTooLongForTags(File.ReadAllBytes(page));

    /// <inheritdoc cref="IsTooLongForTags(string)"/>
    internal static bool IsTooLongForTags(ReadOnlySpan<byte> html) => html.Count("</"u8) > MostTagged;

    /// <summary>Prints a page to a file beside it.</summary>
    /// <param name="page">The HTML file.</param>
    /// <param name="cancellationToken">Ends the browser.</param>
    /// <returns>The path of the PDF file.</returns>
    /// <exception cref="InvalidInputException">The browser does not print, or the folder cannot be written.</exception>
    internal async Task<string> PrintAsync(string page, CancellationToken cancellationToken)
    {
        string target = Path.ChangeExtension(page, ".pdf");
        await using var browser = new HeadlessBrowser(_browser);
        string printed = browser.FileInFolder("page.pdf");
        await PrintAsync(browser, page, printed, cancellationToken);
        AtomicFile.Replace(target, printed);
        return target;
    }

    private async Task PrintAsync(HeadlessBrowser browser, string page, string printed, CancellationToken cancellationToken)
    {
        string[] arguments = [.. IsTooLongForTags(page) ? WithoutTags : WithTags, "--no-pdf-header-footer", $"--print-to-pdf={printed}"];
        TimeSpan time = _limitFor(new FileInfo(page).Length);
        try
        {
            BrowserResult result = await browser.RunAsync(page, arguments, time, cancellationToken);
            if (!File.Exists(printed))
                throw new InvalidInputException($"{page}: {_browser} made no PDF of it (exit code {result.ExitCode}). {result.LastError}".TrimEnd());
        }
        catch (TimeoutException exception)
        {
            throw new InvalidInputException(
                $"{page}: {_browser} did not print it within {Describe(time)}, which is long for its size. Open it in a browser and print it there, which has no limit, or export with --blank or fewer outputs.",
                exception);
        }
    }

    private static string Describe(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2) ? $"{Math.Ceiling(time.TotalSeconds):F0} seconds" : $"{Math.Ceiling(time.TotalMinutes):F0} minutes";
}
