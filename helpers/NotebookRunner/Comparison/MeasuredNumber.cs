namespace NotebookRunner.Comparison;

/// <summary>A measured number in a line of output.</summary>
/// <param name="Value">The number; a time in seconds.</param>
/// <param name="Unit">Its unit as it was written; empty for none.</param>
/// <param name="Text">Number and unit as they were written.</param>
internal readonly record struct MeasuredNumber(double Value, string Unit, string Text);
