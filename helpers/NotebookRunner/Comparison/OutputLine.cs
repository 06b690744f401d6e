namespace NotebookRunner.Comparison;

/// <summary>A line of a cell's outputs, or the fact that an output begins.</summary>
/// <param name="Output">What kind of output it belongs to, as a reader would call it: <c>stdout</c>, <c>display_data text/html</c>.</param>
/// <param name="Number">The line's number within the output, from 1; 0 for the beginning of the output itself.</param>
/// <param name="Text">The line without its line end.</param>
internal sealed record OutputLine(string Output, int Number, string Text)
{
    internal static OutputLine Begin(string output) => new(output, 0, $"[{output}]");
}
