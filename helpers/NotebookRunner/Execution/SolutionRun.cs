using System.Diagnostics;
using System.Globalization;
using NotebookRunner.Documents;
using NotebookRunner.Kernels;

namespace NotebookRunner.Execution;

/// <summary>Runs the solutions of a notebook's exercises after its cells, in the same kernel: a student would, too. Their outputs are kept nowhere.</summary>
internal sealed class SolutionRun
{
    private readonly NotebookFile _file;
    private readonly IReadOnlyList<Solution> _solutions;
    private readonly OptionalPackages _packages;
    private readonly TimeSpan _timeout;
    private readonly RunProgress _progress;

    internal SolutionRun(NotebookFile file, IReadOnlyList<Solution> solutions, OptionalPackages packages, TimeSpan timeout, RunProgress progress)
    {
        _file = file;
        _solutions = solutions;
        _packages = packages;
        _timeout = timeout;
        _progress = progress;
    }

    /// <returns>What is wrong with the first solution that does not run; null if all do.</returns>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    internal async Task<string?> RunAsync(KernelProcess kernel, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _solutions.Count; i++)
        {
            string code = _solutions[i].Code;
            CellPlace place = CellPlace.OfSolution(_solutions, i, _file);
            if (_packages.ReasonToSkip(_solutions[i].Cell) is { } missing)
            {
                _progress.SkipCell(place, TimeSpan.Zero, missing, cause: null);
                continue;
            }

            long start = Stopwatch.GetTimestamp();
            string? problem = await FindProblemAsync(kernel, code, place, cancellationToken);
            _progress.EndCell(place, Stopwatch.GetElapsedTime(start), problem);
            if (problem is not null)
                return $"{place}: {problem}";
        }

        return null;
    }

    private async Task<string?> FindProblemAsync(KernelProcess kernel, string code, CellPlace place, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_timeout > TimeSpan.Zero)
            timeout.CancelAfter(_timeout);
        ErrorRaised? error = null;
        try
        {
            CellResult result = await _progress.WatchAsync(
                $"{place.Fraction} {place.FirstLine}",
                kernel.ExecuteAsync(code, kernelEvent => error = kernelEvent as ErrorRaised ?? error, timeout.Token));
            return result.Succeeded ? null : CellExpectation.Describe(error is null ? null : new ErrorOutput(error.ExceptionType ?? "Error", error.Message, []));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"did not end within {_timeout.TotalSeconds:0.#} s (--timeout)");
        }
        catch (KernelDiedException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.Message;
        }
    }
}
