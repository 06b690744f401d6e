using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Kernels;

namespace NotebookRunner.Commands;

/// <summary>Goes through notebooks one after another, tells what is wrong with each as soon as that is known, and sums up.</summary>
internal static class NotebookSeries
{
    /// <param name="files">The notebooks.</param>
    /// <param name="run">What to do with each of them.</param>
    /// <returns>An outcome for each notebook, up to an interruption.</returns>
    internal static async Task<IReadOnlyList<NotebookOutcome>> RunAsync(
        IEnumerable<NotebookFile> files, Func<NotebookFile, Task<NotebookOutcome>> run)
    {
        List<NotebookOutcome> outcomes = [];
        foreach (NotebookFile file in files)
        {
            NotebookOutcome outcome = await RunOneAsync(file, run);
            outcomes.Add(outcome);
            foreach (string problem in outcome.Problems)
                await ErrorLine.WriteAsync(problem);
            if (outcome.Status == NotebookStatus.Interrupted)
                break;
        }

        return outcomes;
    }

    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal static int ExitCodeFor(IReadOnlyList<NotebookOutcome> outcomes)
    {
        bool Any(NotebookStatus status) => outcomes.Any(outcome => outcome.Status == status);
        if (Any(NotebookStatus.Interrupted))
            return ExitCode.Interrupted;
        if (Any(NotebookStatus.Refused))
            return ExitCode.InvalidInput;
        return Any(NotebookStatus.Failed) ? ExitCode.Failed : ExitCode.Success;
    }

    private static async Task<NotebookOutcome> RunOneAsync(NotebookFile file, Func<NotebookFile, Task<NotebookOutcome>> run)
    {
        try
        {
            return await run(file);
        }
        catch (InvalidInputException exception)
        {
            return NotebookOutcome.Refused(file.DisplayName, exception.Message);
        }
        catch (KernelStartException exception)
        {
            return NotebookOutcome.Refused(file.DisplayName, $"{file.DisplayName}: {exception.Message}");
        }
    }
}
