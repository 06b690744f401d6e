using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;

namespace NotebookRunner.Commands;

/// <summary>The <c>export</c> verb: handouts from the outputs that are stored in the notebooks. No cell is run.</summary>
internal sealed class ExportCommand
{
    private readonly IReadOnlyList<string> _paths;
    private readonly OutputFolder _out;

    internal ExportCommand(IReadOnlyList<string> paths, string? outFolder)
    {
        _paths = paths;
        _out = new OutputFolder(outFolder);
    }

    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<NotebookFile> files = NotebookFiles.Find(_paths);
        NotebookFiles.RequireDistinctNames(files);
        OutputFolder.Prepare(_out.Handouts);
        int exitCode = ExitCode.Success;
        foreach (NotebookFile file in files)
        {
            if (cancellationToken.IsCancellationRequested)
                return ExitCode.Interrupted;
            try
            {
                var document = NotebookDocument.Load(file.FullPath);
                WrittenHandout handout = HandoutWriter.Write(document, file, _out.Handouts);
                bool neverRun = document.RunnableCells.Any() && document.RunnableCells.All(cell => cell.ExecutionCount is null);
                Console.WriteLine(neverRun ? $"{handout.Path} (never run: without outputs)" : handout.Path);
                await HandoutReport.WriteAsync(handout, file);
            }
            catch (InvalidInputException exception)
            {
                await ErrorLine.WriteAsync(exception.Message);
                exitCode = ExitCode.InvalidInput;
            }
        }

        return exitCode;
    }
}
