namespace NotebookRunner.Execution;

/// <summary>What came of one notebook.</summary>
/// <param name="Name">What to call the notebook.</param>
/// <param name="Status">How its run ended.</param>
/// <param name="Cells">How many code cells it has to run.</param>
/// <param name="Passed">How many of them did what they should.</param>
/// <param name="Elapsed">From the start of its kernel to the end of its last cell.</param>
/// <param name="Problem">What to tell the user, the first line complete in itself; null if all is well.</param>
internal sealed record NotebookOutcome(string Name, NotebookStatus Status, int Cells, int Passed, TimeSpan Elapsed, string? Problem)
{
    internal int Failed => Status == NotebookStatus.Failed ? 1 : 0;

    internal static NotebookOutcome Refused(string name, string problem) =>
        new(name, NotebookStatus.Refused, Cells: 0, Passed: 0, TimeSpan.Zero, problem);
}
