namespace NotebookRunner.Kernels;

/// <summary>The cell wrote to the console's error stream.</summary>
internal sealed record StandardErrorProduced(string Text) : KernelEvent;
