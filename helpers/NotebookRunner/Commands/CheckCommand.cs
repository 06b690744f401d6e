using NotebookRunner.Chapters;
using NotebookRunner.Checks;
using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Commands;

/// <summary>The <c>check</c> verb: executes notebooks, compares with the stored outputs, and looks at what needs no run. Writes no file.</summary>
internal sealed class CheckCommand
{
    private readonly CheckOptions _options;
    private readonly RunProgress _progress = RunProgress.OnStandardOutput();

    internal CheckCommand(CheckOptions options)
    {
        _options = options;
    }

    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<NotebookFile> files = NotebookFiles.Find(_options.Paths);
        Dictionary<string, ChapterManifest?> chapters = files
            .Select(FolderOf).Distinct(FileNames.Comparer).ToDictionary(folder => folder, ChapterManifest.Find, FileNames.Comparer);
        List<NotebookFile> missing =
        [
            .. from folder in NotebookFiles.FoldersAmong(_options.Paths)
               from notebook in chapters.GetValueOrDefault(folder)?.Notebooks ?? []
               let file = new NotebookFile(Path.Combine(folder, notebook.File))
               where !File.Exists(file.FullPath)
               select file,
        ];

        await using var kernels = new KernelSupply(_options.Kernels, files);
        IReadOnlyList<NotebookOutcome> outcomes = await NotebookSeries.RunAsync(
            [.. files, .. missing],
            file => missing.Contains(file) ? Task.FromResult(Missing(file)) : CheckAsync(file, chapters[FolderOf(file)], kernels, cancellationToken));
        if (!_options.StaticOnly)
            _progress.ShowSummary(outcomes);
        return NotebookSeries.ExitCodeFor(outcomes);
    }

    private async Task<NotebookOutcome> CheckAsync(NotebookFile file, ChapterManifest? chapter, KernelSupply kernels, CancellationToken cancellationToken)
    {
        var committed = NotebookDocument.Load(file.FullPath);
        NotebookLanguage.RequireCSharp(committed, file.DisplayName);
        IReadOnlyList<string> problems = StaticChecks.FindProblems(committed, file, chapter);
        if (_options.StaticOnly)
        {
            _progress.EndNotebook(file.DisplayName, problems.Count);
            NotebookStatus status = problems.Count == 0 ? NotebookStatus.Passed : NotebookStatus.Failed;
            return new NotebookOutcome(file.DisplayName, status) { Problems = problems };
        }

        var executed = NotebookDocument.Load(file.FullPath);
        IReadOnlyList<Solution> solutions = _options.Solutions ? FoldedSolutions.In(executed) : [];
        NotebookOutcome run = await new NotebookExecution(executed, file, kernels, _progress, solutions).RunAsync(cancellationToken);
        OutputNormalizer.For(executed, file).Apply(executed);
        string[] differences = [.. OutputCheck.FindDifferences(committed, executed, file, run.Passed + run.Skipped)];
        return run with
        {
            Status = run.Status == NotebookStatus.Passed && problems.Count + differences.Length > 0 ? NotebookStatus.Failed : run.Status,
            Passed = run.Passed - differences.Length,
            Failed = run.Failed + differences.Length,
            Problems = [.. problems, .. differences, .. run.Problems],
        };
    }

    private static NotebookOutcome Missing(NotebookFile file) => new(file.DisplayName, NotebookStatus.Failed)
    {
        Problems = [$"{file.DisplayName}: is missing; {ChapterManifest.FileName} lists it"],
    };

    private static string FolderOf(NotebookFile file) => Path.GetDirectoryName(file.FullPath)!;
}
