using System.ComponentModel;
using System.Diagnostics;
using NotebookRunner.Documents;
using NotebookRunner.Programs;

namespace NotebookRunner.Handouts.Printing;

/// <summary>A browser without a window, which does one thing with one page and ends. It has a temporary folder for its profile and what it makes, which goes when this is disposed.</summary>
internal sealed class HeadlessBrowser : IAsyncDisposable
{
    // A browser asks its maker for news, from the first second. Here it opens one file, which asks for nothing.
    private static readonly string[] Arguments =
    [
        "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync", "--disable-quic",
        "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability", "--disable-breakpad",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ];

    private readonly string _program;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handout-");

    /// <param name="program">The path of a browser of the Chromium family.</param>
    internal HeadlessBrowser(string program)
    {
        _program = program;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The browser's last children may still write into the profile for a moment.
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                _folder.Delete(recursive: true);
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

    /// <summary>The path of a file in the temporary folder.</summary>
    internal string FileInFolder(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Opens a page.</summary>
    /// <param name="page">The HTML file.</param>
    /// <param name="arguments">What the browser is to do with it.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Ends the browser.</param>
    /// <exception cref="TimeoutException">It has taken longer.</exception>
    /// <exception cref="InvalidInputException">It cannot be started.</exception>
    internal async Task<BrowserResult> RunAsync(string page, IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_program, [.. Arguments, .. arguments, $"--user-data-dir={FileInFolder("profile")}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        // Chromium refuses to build its sandbox as root, as in a container.
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            start.ArgumentList.Add("--no-sandbox");
        start.ArgumentList.Add(FileAddress.Of(page));

        using Process process = Start(start);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        try
        {
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync(end.Token);
            string output = await process.StandardOutput.ReadToEndAsync(end.Token);
            string lastError = (await errors).TrimEnd().Split('\n')[^1].Trim();
            await process.WaitForExitAsync(end.Token);
            return new BrowserResult(output, lastError, process.ExitCode);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{_program} did not end within {limit}.", exception);
        }
        finally
        {
            if (!process.HasExited)
            {
                ProcessTree.Kill(process);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidInputException($"{_program}: cannot be started ({exception.Message}). Name another browser in {ChromiumProgram.Variable}.", exception);
        }
    }
}
