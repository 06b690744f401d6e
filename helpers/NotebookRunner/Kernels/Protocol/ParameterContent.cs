namespace NotebookRunner.Kernels.Protocol;

/// <summary>A parameter of a signature.</summary>
/// <param name="Label">How it is written: a part of the signature's label.</param>
/// <param name="Documentation">What it is for.</param>
internal sealed record ParameterContent(string Label, MimeContent Documentation);
