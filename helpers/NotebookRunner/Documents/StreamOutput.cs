using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>Text that the cell wrote to its console.</summary>
/// <param name="Name"><see cref="StandardOutput"/> or <see cref="StandardError"/>.</param>
/// <param name="Text">What was written, line ends included.</param>
internal sealed record StreamOutput(string Name, string Text) : CellOutput
{
    internal const string StandardOutput = "stdout";
    internal const string StandardError = "stderr";

    internal override JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["output_type"] = "stream",
        ["text"] = MultilineText.ToJson(Text),
    };
}
