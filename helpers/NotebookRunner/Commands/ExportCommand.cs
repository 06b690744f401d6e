using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Handouts.Printing;

namespace NotebookRunner.Commands;

/// <summary>The <c>export</c> verb: handouts from the outputs that are stored in the notebooks. No cell is run.</summary>
internal sealed class ExportCommand
{
    private readonly IReadOnlyList<string> _paths;
    private readonly OutputFolder _out;
    private readonly HandoutOptions _options;
    private readonly bool _pdf;

    internal ExportCommand(IReadOnlyList<string> paths, string? outFolder, HandoutOptions options, bool pdf)
    {
        _paths = paths;
        _options = options;
        _pdf = pdf;
        _out = new OutputFolder(outFolder);
    }

    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<NotebookFile> files = NotebookFiles.Find(_paths);
        NotebookFiles.RequireDistinctNames(files);
        OutputFolder.Prepare(_out.Handouts);
        int exitCode = ExitCode.Success;
        var writer = new HandoutWriter(_out.Handouts, _options);
        HashSet<NotebookFile> neverRun = [];
        foreach (NotebookFile file in files)
        {
            try
            {
                var document = NotebookDocument.Load(file.FullPath);
                writer.Add(document, file);
                if (IsNeverRun(document))
                    neverRun.Add(file);
            }
            catch (InvalidInputException exception)
            {
                await ErrorLine.WriteAsync(exception.Message);
                exitCode = ExitCode.InvalidInput;
            }
        }

        if (cancellationToken.IsCancellationRequested)
            return ExitCode.Interrupted;
        IReadOnlyList<WrittenHandout> handouts = writer.Write();
        foreach (WrittenHandout handout in handouts)
            Console.WriteLine(handout.Notebook is { } file && neverRun.Contains(file) ? $"{handout.Path} (never run: without outputs)" : handout.Path);
        await HandoutReport.WriteAsync(handouts);
        await HandoutReport.WriteUnusedAsync(_options.Scripts, handouts);
        return _pdf ? Math.Max(exitCode, await PrintAsync(handouts, cancellationToken)) : exitCode;
    }

    private static async Task<int> PrintAsync(IReadOnlyList<WrittenHandout> handouts, CancellationToken cancellationToken)
    {
        if (ChromiumProgram.Find() is not { } browser)
        {
            await ErrorLine.WriteAsync($"{ChromiumProgram.MissingFor("--pdf")} The HTML files are written.");
            return ExitCode.InvalidInput;
        }

        var printer = new PdfPrinter(browser);
        var progress = RunProgress.OnStandardOutput();
        int exitCode = ExitCode.Success;
        // A list of links is of no use on paper.
        foreach (WrittenHandout handout in handouts.Where(handout => !handout.IsIndex))
        {
            try
            {
                // Long pages take minutes.
                string name = Path.GetFileName(Path.ChangeExtension(handout.Path, ".pdf"));
                Console.WriteLine(await progress.WatchAsync($"printing {name}", printer.PrintAsync(handout.Path, cancellationToken)));
                if (PdfPrinter.IsTooLongForTags(handout.Path))
                    await Console.Error.WriteLineAsync($"warning: {name} has no outline and no tags for screen readers: browsers may stand still over those of a page of this length. Shorten its longest outputs.");
            }
            catch (InvalidInputException exception)
            {
                await ErrorLine.WriteAsync(exception.Message);
                exitCode = ExitCode.InvalidInput;
            }
            catch (OperationCanceledException)
            {
                return ExitCode.Interrupted;
            }
        }

        return exitCode;
    }

    private static bool IsNeverRun(NotebookDocument document) =>
        document.RunnableCells.Any() && document.RunnableCells.All(cell => cell.ExecutionCount is null);
}
