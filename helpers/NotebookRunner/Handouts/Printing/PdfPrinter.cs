using System.ComponentModel;
using System.Diagnostics;
using NotebookRunner.Documents;

namespace NotebookRunner.Handouts.Printing;

/// <summary>Prints pages to PDF files with a browser.</summary>
internal sealed class PdfPrinter
{
    // A browser asks its maker for news, from the first second. Here it prints one file, which asks for nothing.
    private static readonly string[] Arguments =
    [
        "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync", "--disable-quic",
        "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability", "--disable-breakpad",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
    ];

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
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("handout-");
        try
        {
            string printed = Path.Combine(temporary.FullName, "page.pdf");
            await RunBrowserAsync(page, printed, Path.Combine(temporary.FullName, "profile"), cancellationToken);
            File.Move(printed, target, overwrite: true);
            return target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{target}: cannot be written ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
        finally
        {
            await DeleteAsync(temporary);
        }
    }

    private async Task RunBrowserAsync(string page, string printed, string profile, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_browser, [.. Arguments, .. IsTooLongForTags(page) ? WithoutTags : WithTags, $"--user-data-dir={profile}", $"--print-to-pdf={printed}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Chromium refuses to build its sandbox as root, as in a container.
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            start.ArgumentList.Add("--no-sandbox");
        start.ArgumentList.Add(new Uri(page).AbsoluteUri);

        using Process process = Start(start);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan time = _limitFor(new FileInfo(page).Length);
        limit.CancelAfter(time);
        try
        {
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardOutput.ReadToEndAsync(limit.Token);
            string lastError = (await errors).TrimEnd().Split('\n')[^1].Trim();
            await process.WaitForExitAsync(limit.Token);
            if (!File.Exists(printed))
                throw new InvalidInputException($"{page}: {_browser} made no PDF of it (exit code {process.ExitCode}). {lastError}".TrimEnd());
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidInputException(
                $"{page}: {_browser} did not print it within {Describe(time)}, which is long for its size. Open it in a browser and print it there, which has no limit, or export with --blank or fewer outputs.",
                exception);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static string Describe(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2) ? $"{Math.Ceiling(time.TotalSeconds):F0} seconds" : $"{Math.Ceiling(time.TotalMinutes):F0} minutes";

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidInputException($"{_browser}: cannot be started ({exception.Message}). Name another browser in {ChromiumProgram.Variable}.", exception);
        }
    }

    /// <summary>The browser's last children may still write into the profile for a moment.</summary>
    private static async Task DeleteAsync(DirectoryInfo folder)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (attempt == 20)
                    return;
                await Task.Delay(50 * attempt);
            }
        }
    }
}
