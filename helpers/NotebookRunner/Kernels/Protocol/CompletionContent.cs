namespace NotebookRunner.Kernels.Protocol;

/// <summary>What could be written at a place.</summary>
/// <param name="DisplayText">How a list shows it.</param>
/// <param name="Kind">What it is, in Roslyn's words: <c>Class</c>, <c>Method</c>, <c>Keyword</c> ...</param>
/// <param name="FilterText">What the reader types to get it.</param>
/// <param name="SortText">Where it stands in a list.</param>
/// <param name="InsertText">What is written.</param>
/// <param name="Documentation">What a list says beside it.</param>
internal sealed record CompletionContent(
    string DisplayText, string Kind, string FilterText, string SortText, string InsertText, string Documentation);
