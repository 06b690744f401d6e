namespace NotebookRunner.Execution;

/// <summary>Code that stands folded in the Markdown of a notebook: what a student's answer to an exercise could be.</summary>
/// <param name="Code">C#, to be run when the notebook's cells have been.</param>
internal sealed record Solution(string Code);
