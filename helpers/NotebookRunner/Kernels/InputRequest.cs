namespace NotebookRunner.Kernels;

/// <summary>What a cell wants to know of whoever reads the notebook.</summary>
/// <param name="Prompt">The question; may be empty.</param>
/// <param name="IsPassword">Whether nobody shall see what is written.</param>
internal sealed record InputRequest(string Prompt, bool IsPassword);
