using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>A cell: a view on its JSON, so that what we do not know of stays as it is.</summary>
internal sealed class NotebookCell
{
    private readonly JsonObject _json;

    internal NotebookCell(JsonObject json, CellKind kind, int position)
    {
        _json = json;
        Kind = kind;
        Position = position;
    }

    internal CellKind Kind { get; }

    /// <summary>The cell's place in the file, from 1, cells of all kinds counted.</summary>
    internal int Position { get; }

    /// <summary>The cell's id (nbformat 4.5 and later); null in older files.</summary>
    internal string? Id => _json.StringAt("id");

    internal string Source => MultilineText.Read(_json["source"]);

    /// <summary>A line of the source that has no end in the file, though others follow it; null if there is none.</summary>
    internal string? LineWithoutEnd => MultilineText.FindLineWithoutEnd(_json["source"]);

    internal JsonObject Metadata => _json.ObjectAt("metadata") ?? [];

    internal IEnumerable<string> Tags => (Metadata["tags"] as JsonArray ?? []).Select(MultilineText.Read);

    /// <summary>The images pasted into a Markdown cell, by name.</summary>
    internal IReadOnlyDictionary<string, MimeBundle> Attachments =>
        (_json.ObjectAt("attachments") ?? []).ToDictionary(entry => entry.Key, entry => MimeBundle.FromJson(entry.Value));

    /// <summary>What the cell's own metadata says of its language; null if it says nothing.</summary>
    internal string? DeclaredLanguage =>
        Metadata.ObjectAt("polyglot_notebook")?.StringAt("kernelName")
        ?? Metadata.ObjectAt("dotnet_interactive")?.StringAt("language")
        ?? NotebookLanguage.Told(Metadata.ObjectAt("vscode")?.StringAt("languageId"));

    /// <summary>Whether there is nothing to run: Jupyter passes over such cells and does not count them.</summary>
    internal bool IsBlank => string.IsNullOrWhiteSpace(Source);

    internal int? ExecutionCount
    {
        get => _json.NumberAt("execution_count");
        set => _json.SetInOrder("execution_count", value);
    }

    internal IReadOnlyList<CellOutput> Outputs
    {
        get => [.. (_json["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select(CellOutput.FromJson)];
        set => _json.SetInOrder("outputs", new JsonArray([.. value.Select(output => output.ToJson())]));
    }

    /// <summary>A key that stands after one that it belongs before; null if all are sorted.</summary>
    internal string? FindMisplacedKey() => KeyOrder.FindMisplaced(_json);

    /// <summary>Forgets when the cell was last run, which some editors note down: it would be a change at every run.</summary>
    internal void RemoveTimestamps() => _json.ObjectAt("metadata")?.Remove("execution");

    internal static NotebookCell FromJson(JsonNode? node, int position, string file)
    {
        string place = $"{file}: cell {position}";
        if (node is not JsonObject json)
            throw new InvalidInputException($"{place} is not a JSON object. Open the file in Jupyter or VS Code and repair it.");
        CellKind kind = json.StringAt("cell_type") switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            null => throw new InvalidInputException($"{place} has no cell_type; nbformat 4 wants code, markdown or raw."),
            var other => throw new InvalidInputException($"{place} is of type '{other}'; nbformat 4 knows code, markdown and raw."),
        };
        try
        {
            if (!MultilineText.TryRead(json["source"], out _))
                throw new InvalidInputException($"{place} has no source; nbformat 4 wants a string or a list of lines.");
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidInputException($"{place} holds half a character (a lone surrogate) in its source. Retype that line.", exception);
        }

        return new NotebookCell(json, kind, position);
    }
}
