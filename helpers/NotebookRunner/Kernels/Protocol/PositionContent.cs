namespace NotebookRunner.Kernels.Protocol;

/// <summary>A place in a source, both counted from 0.</summary>
internal sealed record PositionContent(int Line, int Character);
