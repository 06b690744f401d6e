using System.Diagnostics;
using NotebookRunner.Documents;
using NotebookRunner.Kernels;

namespace NotebookRunner.Execution;

/// <summary>Runs the cells of one notebook, in order, in a kernel of its own.</summary>
internal sealed class NotebookExecution
{
    private readonly NotebookDocument _document;
    private readonly NotebookFile _file;
    private readonly KernelSupply _kernels;
    private readonly RunProgress _progress;
    private readonly IReadOnlyList<Solution> _solutions;
    private readonly OutputRecorder _recorder = new();
    private readonly OptionalPackages _packages = new();
    private readonly NotebookCell[] _cells;
    private readonly Stopwatch _elapsed = new();
    private int _passed;
    private int _skipped;

    internal NotebookExecution(
        NotebookDocument document, NotebookFile file, KernelSupply kernels, RunProgress progress, IReadOnlyList<Solution>? solutions = null)
    {
        _document = document;
        _file = file;
        _kernels = kernels;
        _progress = progress;
        _solutions = solutions ?? [];
        _cells = [.. document.RunnableCells];
    }

    /// <summary>Runs until the end or the first cell that does not do what it should, and puts what was run into the document.</summary>
    /// <exception cref="KernelStartException">There is no kernel; the document is as it was.</exception>
    internal async Task<NotebookOutcome> RunAsync(CancellationToken cancellationToken)
    {
        _progress.BeginNotebook(_file.DisplayName, _cells.Length);
        _elapsed.Start();
        NotebookOutcome outcome;
        try
        {
            outcome = await RunCellsAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcome = Outcome(NotebookStatus.Interrupted, $"{_file.DisplayName}: interrupted before its first cell.");
        }

        _recorder.ApplyTo(_document);
        return outcome;
    }

    private async Task<NotebookOutcome> RunCellsAsync(CancellationToken cancellationToken)
    {
        if (_cells.Length == 0)
            return Outcome(NotebookStatus.Passed, problem: null);
        await using KernelProcess kernel = await _progress.WatchAsync("starting the kernel", _kernels.StartAsync(_file, cancellationToken));
        for (int i = 0; i < _cells.Length; i++)
        {
            var place = CellPlace.Of(_cells, i, _file);
            var (status, problem) = await RunCellAsync(kernel, _cells[i], place, cancellationToken);
            if (status != NotebookStatus.Passed)
                return Outcome(status, problem);
            // By now this kernel has compiled most of what it needs of itself, and leaves time to the next one.
            if (i == Math.Min(1, _cells.Length - 1))
                _kernels.PrepareNext(cancellationToken);
        }

        return await RunSolutionsAsync(kernel, cancellationToken);
    }

    private async Task<NotebookOutcome> RunSolutionsAsync(KernelProcess kernel, CancellationToken cancellationToken)
    {
        try
        {
            string? problem = await new SolutionRun(_file, _solutions, _packages, _kernels.CellTimeout, _progress).RunAsync(kernel, cancellationToken);
            return Outcome(problem is null ? NotebookStatus.Passed : NotebookStatus.Failed, problem);
        }
        catch (Exception exception) when (exception is OperationCanceledException or KernelDiedException && cancellationToken.IsCancellationRequested)
        {
            return Outcome(NotebookStatus.Interrupted, $"{_file.DisplayName}: interrupted in the solutions of its exercises.");
        }
    }

    private async Task<(NotebookStatus Status, string? Problem)> RunCellAsync(
        KernelProcess kernel, NotebookCell cell, CellPlace place, CancellationToken cancellationToken)
    {
        Action<KernelEvent> record = _recorder.BeginCell(cell);
        if (_packages.ReasonToSkip(cell) is { } missing)
        {
            Skip(place, TimeSpan.Zero, missing);
            return (NotebookStatus.Passed, null);
        }

        long start = Stopwatch.GetTimestamp();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_kernels.CellTimeout > TimeSpan.Zero)
            timeout.CancelAfter(_kernels.CellTimeout);

        NotebookStatus status = NotebookStatus.Failed;
        string? problem;
        try
        {
            CellResult result = await _progress.WatchAsync(
                $"{place.Fraction} {place.FirstLine}", kernel.ExecuteAsync(cell.Source, record, timeout.Token));
            problem = CellExpectation.FindProblem(cell, result.Succeeded, _recorder.CurrentOutputs);
            if (problem is not null && _packages.ReasonForFailure(cell, place.Number, _recorder.CurrentOutputs) is var (reason, cause))
            {
                Skip(place, Stopwatch.GetElapsedTime(start), reason, cause);
                return (NotebookStatus.Passed, null);
            }

            if (problem is null)
            {
                status = NotebookStatus.Passed;
                _passed++;
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            (status, problem) = Stopped(cancellationToken);
        }
        catch (KernelDiedException exception)
        {
            (status, problem) = await DiedAsync(exception, cancellationToken);
        }

        _progress.EndCell(place, Stopwatch.GetElapsedTime(start), problem);
        return (status, problem is null ? null : $"{place}: {problem}");
    }

    // The cause differs from machine to machine, so it is told and not stored.
    private void Skip(CellPlace place, TimeSpan elapsed, string reason, string? cause = null)
    {
        _skipped++;
        _recorder.Replace(OptionalPackages.Note(reason));
        _progress.SkipCell(place, elapsed, reason, cause);
    }

    private (NotebookStatus Status, string Problem) Stopped(CancellationToken cancellationToken)
    {
        bool interrupted = cancellationToken.IsCancellationRequested;
        string reason = interrupted
            ? "interrupted"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"did not end within {_kernels.CellTimeout.TotalSeconds:0.#} s (--timeout)");
        if (!_recorder.CurrentOutputs.OfType<ErrorOutput>().Any())
            _recorder.Add(new ErrorOutput(nameof(OperationCanceledException), reason, []));
        return (interrupted ? NotebookStatus.Interrupted : NotebookStatus.Failed, reason);
    }

    private async Task<(NotebookStatus Status, string Problem)> DiedAsync(KernelDiedException exception, CancellationToken cancellationToken)
    {
        // Ctrl-C goes to the kernel as well: it may be gone before the signal has reached us.
        await Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None);
        if (cancellationToken.IsCancellationRequested)
            return Stopped(cancellationToken);
        string problem = $"the kernel died ({exception.Cause}); the cells after this one were not run";
        _recorder.Add(new ErrorOutput("KernelDied", $"The kernel died ({exception.Cause}).", exception.LastErrorLines));
        return (NotebookStatus.Failed, string.Join("\n    stderr: ", [problem, .. exception.LastErrorLines.Select(line => CellPlace.Shorten(line, 160))]));
    }

    private NotebookOutcome Outcome(NotebookStatus status, string? problem) => new(_file.DisplayName, status)
    {
        Cells = _cells.Length,
        Passed = _passed,
        Failed = status == NotebookStatus.Failed ? 1 : 0,
        Skipped = _skipped,
        Elapsed = _elapsed.Elapsed,
        Problems = problem is null ? [] : [problem],
    };
}
