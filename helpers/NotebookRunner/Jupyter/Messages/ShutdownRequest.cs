namespace NotebookRunner.Jupyter.Messages;

/// <summary>The kernel is to end.</summary>
/// <param name="Restart">Whether another one is started in its place.</param>
internal sealed record ShutdownRequest(bool Restart = false);
