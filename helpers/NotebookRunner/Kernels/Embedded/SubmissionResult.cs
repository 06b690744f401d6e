using NotebookRunner.Kernels.Embedded.Submissions;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>What came of running a submission.</summary>
/// <param name="Exception">What it threw; null if it ran to its end.</param>
/// <param name="HasValue">Whether it ends in an expression whose value is to be shown, null included.</param>
/// <param name="Value">That value.</param>
/// <param name="Resources">What is to be disposed of when all is done with the cell.</param>
internal sealed record SubmissionResult(Exception? Exception, bool HasValue, object? Value, CellResources Resources);
