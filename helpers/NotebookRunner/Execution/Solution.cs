using NotebookRunner.Documents;

namespace NotebookRunner.Execution;

/// <summary>Code that stands folded in the Markdown of a notebook: what a student's answer to an exercise could be.</summary>
/// <param name="Code">C#, to be run when the notebook's cells have been.</param>
/// <param name="Cell">The cell that it stands in. What is said there of packages that it needs holds for it.</param>
internal sealed record Solution(string Code, NotebookCell Cell);
