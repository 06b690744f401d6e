using System.Text.Json.Nodes;
using NotebookRunner.Documents;

namespace NotebookRunner.Tests.Programs;

/// <summary>Makes small notebooks.</summary>
internal sealed class TestNotebook
{
    private readonly JsonArray _cells = [];

    internal TestNotebook Markdown(string source, JsonObject? metadata = null)
    {
        _cells.Add((JsonNode)new JsonObject
        {
            ["cell_type"] = "markdown",
            ["id"] = $"cell-{_cells.Count}",
            ["metadata"] = metadata ?? [],
            ["source"] = MultilineText.ToJson(source),
        });
        return this;
    }

    internal TestNotebook Code(string source, params string[] tags) => Code(source, new JsonObject { ["tags"] = Strings(tags) });

    internal TestNotebook Code(string source, JsonObject metadata, params JsonObject[] outputs)
    {
        _cells.Add((JsonNode)new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = $"cell-{_cells.Count}",
            ["metadata"] = metadata,
            ["outputs"] = new JsonArray([.. outputs]),
            ["source"] = MultilineText.ToJson(source),
        });
        return this;
    }

    internal TestNotebook Shows(string mimeType, string content) =>
        Code("shown", [], new DisplayOutput(new MimeBundle([KeyValuePair.Create(mimeType, content)])).ToJson());

    internal TestNotebook Prints(string text) => Code("printed", [], new StreamOutput(StreamOutput.StandardOutput, text).ToJson());

    internal NotebookDocument ToDocument() => NotebookDocument.Parse(System.Text.Encoding.UTF8.GetBytes(ToString()), "test.ipynb");

    public override string ToString() => JupyterJson.Write(new JsonObject
    {
        ["cells"] = _cells.DeepClone(),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "csharp", ["name"] = ".net-csharp" },
            ["language_info"] = new JsonObject { ["name"] = "csharp" },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    });

    private static JsonArray Strings(string[] values) => [.. values.Select(value => (JsonNode)value)];
}
