using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>One entry in the <c>outputs</c> of a code cell.</summary>
internal abstract record CellOutput
{
    /// <summary>Writes the output as nbformat 4 stores it, keys sorted.</summary>
    internal abstract JsonObject ToJson();

    /// <summary>Reads one entry; what nbformat 4 does not know becomes an <see cref="UnknownOutput"/>.</summary>
    internal static CellOutput FromJson(JsonObject json) =>
        json.StringAt("output_type") switch
        {
            "stream" => new StreamOutput(json.StringAt("name") ?? StreamOutput.StandardOutput, MultilineText.Read(json["text"])),
            "display_data" => new DisplayOutput(MimeBundle.FromJson(json["data"])) { Metadata = json.ObjectAt("metadata") },
            "execute_result" => new ResultOutput(MimeBundle.FromJson(json["data"]), json.NumberAt("execution_count"))
            {
                Metadata = json.ObjectAt("metadata"),
            },
            "error" => new ErrorOutput(
                json.StringAt("ename") ?? "", json.StringAt("evalue") ?? "", [.. (json["traceback"] as JsonArray ?? []).Select(MultilineText.Read)]),
            _ => new UnknownOutput(json),
        };
}
