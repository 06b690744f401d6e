namespace NotebookRunner.Kernels;

/// <summary>The kernel has said what a name in a cell is, as Markdown. Comes of a question, never of a cell that runs.</summary>
internal sealed record HoverTextFound(string Markdown) : KernelEvent;
