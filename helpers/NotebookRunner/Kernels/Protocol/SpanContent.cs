namespace NotebookRunner.Kernels.Protocol;

/// <summary>A stretch of a source.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The place after its last one.</param>
internal sealed record SpanContent(PositionContent Start, PositionContent End);
