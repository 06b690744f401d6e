namespace NotebookRunner.Kernels.Protocol;

/// <summary>One way to call something.</summary>
/// <param name="Label">How it is written.</param>
/// <param name="Documentation">What it does.</param>
/// <param name="Parameters">What it takes.</param>
internal sealed record SignatureContent(string Label, MimeContent Documentation, IReadOnlyList<ParameterContent> Parameters);
