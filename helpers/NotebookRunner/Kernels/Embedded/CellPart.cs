namespace NotebookRunner.Kernels.Embedded;

/// <summary>A stretch of a cell that is run by itself: C# code, or one directive that the kernel carries out.</summary>
/// <param name="Directive">The directive's name, such as <c>#!import</c>; null for code.</param>
/// <param name="Text">The code, with blank lines before it so that line numbers are the cell's; or the directive's argument.</param>
internal sealed record CellPart(string? Directive, string Text);
