using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>An output of a type that nbformat 4 does not define; kept as it is.</summary>
internal sealed record UnknownOutput(JsonObject Json) : CellOutput
{
    internal override JsonObject ToJson() => (JsonObject)Json.DeepClone();
}
