namespace NotebookRunner.Kernels.Embedded;

/// <summary>A piece of an imported file.</summary>
/// <param name="Path">What stack traces call it.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsMarkdown">Whether the text is to be shown, not run.</param>
internal sealed record ImportedPart(string Path, string Text, bool IsMarkdown);
