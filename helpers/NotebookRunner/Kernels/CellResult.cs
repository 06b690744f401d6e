namespace NotebookRunner.Kernels;

/// <summary>What came of one execution of a cell.</summary>
internal sealed record CellResult(bool Succeeded, IReadOnlyList<KernelEvent> Events, TimeSpan Elapsed);
