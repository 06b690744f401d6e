using NotebookRunner.Checks;
using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Pictures;

namespace NotebookRunner.Commands;

/// <summary>The <c>run</c> verb: executes notebooks, writes executed copies and handouts, and sums up.</summary>
internal sealed class RunCommand
{
    private readonly RunOptions _options;
    private readonly OutputFolder _out;
    private readonly HandoutWriter _handouts;
    private readonly RunProgress _progress = RunProgress.OnStandardOutput();

    internal RunCommand(RunOptions options)
    {
        _options = options;
        _out = new OutputFolder(options.Out);
        _handouts = new HandoutWriter(_out.Handouts, HandoutOptions.Default);
    }

    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<NotebookFile> files = NotebookFiles.Find(_options.Paths);
        NotebookFiles.RequireDistinctNames(files);
        OutputFolder.Prepare(_out.Notebooks);
        if (_options.Handouts)
            OutputFolder.Prepare(_out.Handouts);

        IReadOnlyList<NotebookOutcome> outcomes;
        await using (var kernels = new KernelSupply(_options.Kernels, files))
            outcomes = await NotebookSeries.RunAsync(files, file => RunAsync(file, kernels, cancellationToken));
        await HandoutReport.WriteAsync(_handouts.Write());
        _progress.ShowSummary(outcomes);
        ShowWhereResultsAre(outcomes);
        return NotebookSeries.ExitCodeFor(outcomes);
    }

    private async Task<NotebookOutcome> RunAsync(NotebookFile file, KernelSupply kernels, CancellationToken cancellationToken)
    {
        var document = NotebookDocument.Load(file.FullPath);
        NotebookLanguage.RequireCSharp(document, file.DisplayName);
        foreach (string problem in SourceLineCheck.FindProblems(new CheckedNotebook(document, file)))
            await Console.Error.WriteLineAsync($"warning: {problem}");
        NotebookOutcome outcome = await new NotebookExecution(document, file, kernels, _progress).RunAsync(cancellationToken);
        outcome = await PaintAsync(document, file, outcome, cancellationToken);
        return await StoreAsync(document, file, outcome);
    }

    private async Task<NotebookOutcome> PaintAsync(NotebookDocument document, NotebookFile file, NotebookOutcome outcome, CancellationToken cancellationToken)
    {
        if (_options.Painter is not { } painter || outcome.Status == NotebookStatus.Interrupted || !ChartPainter.HasCharts(document))
            return outcome;
        try
        {
            foreach (string problem in await _progress.WatchAsync("drawing the charts", painter.PaintAsync(document, file, cancellationToken)))
                await Console.Error.WriteLineAsync($"warning: {problem}");
            return outcome;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return outcome with { Status = NotebookStatus.Interrupted, Problems = [.. outcome.Problems, $"{file.DisplayName}: interrupted while its charts were drawn."] };
        }
    }

    private async Task<NotebookOutcome> StoreAsync(NotebookDocument document, NotebookFile file, NotebookOutcome outcome)
    {
        AtomicFile.WriteAllText(Path.Combine(_out.Notebooks, Path.GetFileName(file.FullPath)), document.ToText());
        if (_options.Handouts && outcome.Status != NotebookStatus.Interrupted)
            _handouts.Add(document, file);

        // Committed outputs are replaced as a whole or not at all: half a run would leave a notebook that contradicts itself.
        if (!_options.InPlace || outcome.Status != NotebookStatus.Passed || await StoreInPlaceAsync(document, file) is not { } obstacle)
            return outcome;
        return outcome with { Status = NotebookStatus.Failed, Problems = [.. outcome.Problems, $"{file.DisplayName}: {obstacle}"] };
    }

    /// <returns>Why nothing was stored; null if it was.</returns>
    private static async Task<string?> StoreInPlaceAsync(NotebookDocument document, NotebookFile file)
    {
        var before = NotebookDocument.Load(file.FullPath);
        if (StoredOutputs.FindObstacle(document, before) is { } obstacle)
            return obstacle;
        OutputNormalizer.For(document, file).Apply(document);
        StoredOutputs.Keep(document, before);
        foreach (CellPlace place in LostPictures.Find(document, before, file))
            await Console.Error.WriteLineAsync($"warning: {place}: the picture of its chart was of other figures and is gone; 'run --in-place --plotly FILE' draws it anew");
        document.SortKeys();
        AtomicFile.WriteAllText(file.FullPath, document.ToText());
        return null;
    }

    private void ShowWhereResultsAre(IReadOnlyList<NotebookOutcome> outcomes)
    {
        if (outcomes.All(outcome => outcome.Status == NotebookStatus.Refused))
            return;
        _progress.WriteLine($"Executed copies: {_out.Notebooks}");
        if (_options.Handouts && outcomes.Any(outcome => outcome.Status is NotebookStatus.Passed or NotebookStatus.Failed))
            _progress.WriteLine($"Handouts:        {_out.Handouts}");
    }
}
