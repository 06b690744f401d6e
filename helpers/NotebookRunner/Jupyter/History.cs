using System.IO.Enumeration;
using System.Text.Json.Nodes;
using NotebookRunner.Jupyter.Messages;

namespace NotebookRunner.Jupyter;

/// <summary>The cells of this session, in the order in which they were run.</summary>
internal sealed class History
{
    private readonly List<(int Number, string Code)> _cells = [];

    /// <summary>Adds a cell.</summary>
    internal void Add(int number, string code) => _cells.Add((number, code));

    /// <summary>Answers a question.</summary>
    /// <returns>A list of <c>[session, number, code]</c>, or <c>[session, number, [code, output]]</c>.</returns>
    internal JsonArray Find(HistoryRequest request)
    {
        IEnumerable<(int Number, string Code)> found = request.HistAccessType switch
        {
            "range" => request.Session == 0 ? _cells.Where(cell => cell.Number >= request.Start && cell.Number < (request.Stop ?? int.MaxValue)) : [],
            "search" => Last(Search(request.Pattern ?? "*", request.Unique), request.N),
            _ => Last(_cells, request.N),
        };
        return [.. found.Select(cell => new JsonArray(0, cell.Number, request.Output ? new JsonArray(cell.Code, null) : cell.Code))];
    }

    private IEnumerable<(int Number, string Code)> Search(string pattern, bool unique)
    {
        var found = _cells.Where(cell => FileSystemName.MatchesSimpleExpression(pattern, cell.Code, ignoreCase: false));
        // Of equal cells the last one.
        return unique ? found.GroupBy(cell => cell.Code).Select(same => same.Last()).OrderBy(cell => cell.Number) : found;
    }

    private static IEnumerable<(int Number, string Code)> Last(IEnumerable<(int Number, string Code)> cells, int? count) => cells.TakeLast(count ?? int.MaxValue);
}
