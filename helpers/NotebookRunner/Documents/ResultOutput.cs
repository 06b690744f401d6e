using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>The value of the cell's last expression.</summary>
internal sealed record ResultOutput(MimeBundle Data, int? ExecutionCount) : DataOutput(Data)
{
    internal override JsonObject ToJson() => new()
    {
        ["data"] = Data.ToJson(),
        ["execution_count"] = ExecutionCount,
        ["metadata"] = Metadata?.DeepClone() ?? new JsonObject(),
        ["output_type"] = "execute_result",
    };
}
