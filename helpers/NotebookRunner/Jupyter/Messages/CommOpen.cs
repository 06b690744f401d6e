namespace NotebookRunner.Jupyter.Messages;

/// <summary>A widget's wish to talk to an object in the kernel.</summary>
/// <param name="CommId">What it calls the conversation.</param>
internal sealed record CommOpen(string? CommId);
