namespace NotebookRunner.Jupyter.Messages;

/// <summary>A question about the cells that have been run.</summary>
/// <param name="HistAccessType"><c>range</c>, <c>tail</c> or <c>search</c>.</param>
/// <param name="Output">Whether each comes with its output, which this kernel does not keep.</param>
/// <param name="Session">Of a range: 0 for this session, and a negative number for one before it, of which this kernel knows nothing.</param>
/// <param name="Start">Of a range: the number of its first cell.</param>
/// <param name="Stop">Of a range: the number after its last cell.</param>
/// <param name="N">Of the others: how many at most, counted from the end.</param>
/// <param name="Pattern">Of a search: what the whole cell has to match, with <c>*</c> and <c>?</c>.</param>
/// <param name="Unique">Of a search: whether equal cells come once.</param>
internal sealed record HistoryRequest(
    string? HistAccessType = null, bool Output = false, int Session = 0, int Start = 0, int? Stop = null, int? N = null, string? Pattern = null, bool Unique = false);
