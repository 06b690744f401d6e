using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>A value that the cell displayed while it ran.</summary>
internal sealed record DisplayOutput(MimeBundle Data) : DataOutput(Data)
{
    internal override JsonObject ToJson() => new()
    {
        ["data"] = Data.ToJson(),
        ["metadata"] = Metadata?.DeepClone() ?? new JsonObject(),
        ["output_type"] = "display_data",
    };
}
