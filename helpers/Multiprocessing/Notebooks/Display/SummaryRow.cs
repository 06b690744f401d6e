namespace Multiprocessing.Notebooks.Display;

/// <summary>One fact about an object.</summary>
internal readonly record struct SummaryRow(string Label, string Value);
