namespace NotebookRunner.Kernels;

/// <summary>Something that a cell did while it ran, in the order in which the kernel reported it.</summary>
internal abstract record KernelEvent;
