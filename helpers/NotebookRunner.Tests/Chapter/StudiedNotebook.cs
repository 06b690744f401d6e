using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Chapter;

/// <summary>A kernel in which a student runs the cells of a notebook in whatever order.</summary>
internal sealed class StudiedNotebook : IAsyncDisposable
{
    private readonly KernelProcess _kernel;
    private readonly OptionalPackages _packages = new();
    private int _number;

    private StudiedNotebook(KernelProcess kernel) => _kernel = kernel;

    internal static async Task<StudiedNotebook> OpenAsync() => new(await KernelProcess.StartAsync(KernelCommandLine.Embedded, ChapterFolder.Path));

    public ValueTask DisposeAsync() => _kernel.DisposeAsync();

    /// <summary>Runs a cell, which has to do what it should.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="source">What the student has made of its code; null for what the notebook has.</param>
    internal async Task RunAsync(NotebookCell cell, string? source = null)
    {
        if (await TryAsync(cell, source) is { } problem)
            Assert.Fail($"{cell.Id}: {problem}");
    }

    /// <summary>Runs a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="source">What the student has made of its code; null for what the notebook has.</param>
    /// <returns>What went wrong, which is an error of the cell and not the end of the kernel; null if nothing did.</returns>
    internal async Task<string?> TryAsync(NotebookCell cell, string? source = null)
    {
        if (_packages.ReasonToSkip(cell) is not null)
            return null;
        CellResult result = await _kernel.ExecuteAsync(source ?? cell.Source);
        CellOutput[] errors = [.. result.Events.OfType<ErrorRaised>().Select(error => new ErrorOutput(error.ExceptionType ?? "Error", error.Message, []))];
        string? problem = CellExpectation.FindProblem(cell, result.Succeeded, errors);
        return problem is not null && _packages.ReasonForFailure(cell, ++_number, errors) is not null ? null : problem;
    }

    /// <summary>Runs a cell and stops it after a while, if it has not ended by then.</summary>
    internal async Task StopAsync(NotebookCell cell, TimeSpan after)
    {
        using var stop = new CancellationTokenSource(after);
        try
        {
            await _kernel.ExecuteAsync(cell.Source, cancellationToken: stop.Token);
        }
        catch (OperationCanceledException)
        {
            // As it should be; a cell that ends before is none to be stopped.
        }
    }
}
