using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels;

/// <summary>The kernel has said what could be written at a place in a cell. Comes of a question, never of a cell that runs.</summary>
internal sealed record CompletionsFound(IReadOnlyList<CompletionContent> Completions) : KernelEvent;
