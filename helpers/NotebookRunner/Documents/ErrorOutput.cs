using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>Why the cell failed.</summary>
/// <param name="Name">The exception's type, or <c>Error</c>.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Traceback">The stack trace, line by line.</param>
internal sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Traceback) : CellOutput
{
    internal override JsonObject ToJson() => new()
    {
        ["ename"] = Name,
        ["evalue"] = Message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. Traceback.Select(line => (JsonNode)line)]),
    };
}
