namespace NotebookRunner.Kernels.Protocol;

/// <summary>A command type that a kernel carries out.</summary>
internal sealed record SupportedCommand(string Name);
