namespace NotebookRunner.Kernels;

/// <summary>What came of one execution of a cell.</summary>
/// <param name="Succeeded">Whether it has.</param>
/// <param name="Events">All that it did, in order; nothing, if somebody watched, to whom it was handed on.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record CellResult(bool Succeeded, IReadOnlyList<KernelEvent> Events, TimeSpan Elapsed);
