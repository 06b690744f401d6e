namespace NotebookRunner.Kernels;

/// <summary>The cell wrote to the console. <paramref name="Text"/> is what was written, line ends included.</summary>
internal sealed record StandardOutputProduced(string Text) : KernelEvent;
