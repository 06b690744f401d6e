using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>An nbformat 4 notebook. What is not changed through this class is written back as it was read.</summary>
internal sealed class NotebookDocument
{
    // Chart libraries nest their JSON outputs deeper than the default of 64.
    private const int MaxDepth = 512;

    private readonly JsonObject _root;

    // As git may check files out on Windows. Inside of JSON's strings there are none.
    private readonly bool _hasWindowsLines;

    private NotebookDocument(JsonObject root, IReadOnlyList<NotebookCell> cells, bool hasWindowsLines)
    {
        _root = root;
        _hasWindowsLines = hasWindowsLines;
        Cells = cells;
    }

    internal IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The code cells that have something to run, in order: the n-th of them gets the execution count n.</summary>
    internal IEnumerable<NotebookCell> RunnableCells => Cells.Where(cell => cell.Kind == CellKind.Code && !cell.IsBlank);

    internal JsonObject Metadata => _root.ObjectAt("metadata") ?? [];

    /// <summary>The language of the notebook's cells, as editors read it: it decides how they colour them. Null if the notebook does not say.</summary>
    internal string? LanguageInfo => Metadata.ObjectAt("language_info")?.StringAt("name");

    /// <summary>The language of a cell: its own, or the notebook's; null if neither says any.</summary>
    internal string? LanguageOf(NotebookCell cell) =>
        cell.DeclaredLanguage
        ?? Metadata.ObjectAt("polyglot_notebook")?.ObjectAt("kernelInfo")?.StringAt("defaultKernelName")
        ?? Metadata.ObjectAt("kernelspec")?.StringAt("language")
        ?? NotebookLanguage.Told(LanguageInfo)
        ?? Metadata.ObjectAt("kernelspec")?.StringAt("name")
        // What Polyglot Notebooks runs where nothing is said.
        ?? (LanguageInfo == NotebookLanguage.Polyglot ? NotebookLanguage.CSharp : null);

    /// <summary>Reads a notebook from disk.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, or is no nbformat 4 notebook.</exception>
    internal static NotebookDocument Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{path}: cannot be read ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }

        return Parse(bytes, path);
    }

    /// <summary>Reads a notebook from its bytes.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="file">What to call the file in an error.</param>
    internal static NotebookDocument Parse(ReadOnlySpan<byte> bytes, string file)
    {
        JsonNode? json = ParseJson(bytes, file);
        if (json is not JsonObject root || !root.ContainsKey("nbformat"))
            throw new InvalidInputException($"{file}: not a notebook: it is JSON, but without 'nbformat'.");
        if (root.NumberAt("nbformat") is not 4)
        {
            throw new InvalidInputException(
                $"{file}: nbformat {root["nbformat"]?.ToJsonString()} is not read here, only nbformat 4. Open the file in Jupyter and save it.");
        }

        if (root["cells"] is not JsonArray cells)
            throw new InvalidInputException($"{file}: not a notebook: it has no list of 'cells'.");
        return new NotebookDocument(root, [.. cells.Select((cell, index) => NotebookCell.FromJson(cell, index + 1, file))], HasWindowsLines(bytes));
    }

    /// <summary>The notebook in Jupyter's own layout, with the line ends that its file has.</summary>
    internal string ToText()
    {
        string text = JupyterJson.Write(_root);
        return _hasWindowsLines ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
    }

    /// <summary>Sorts the keys of all objects, as an editor that saves the notebook would.</summary>
    internal void SortKeys() => KeyOrder.Apply(_root);

    /// <summary>A key, outside the cells, that stands after one that it belongs before; null if all are sorted.</summary>
    internal string? FindMisplacedKey() =>
        KeyOrder.FindMisplaced(Metadata) ?? KeyOrder.FindMisplaced(new JsonObject(_root.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, null))));

    private static bool HasWindowsLines(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)'\n') is > 0 and var first && bytes[first - 1] == '\r';

    private static JsonNode? ParseJson(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            string text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
            return JsonNode.Parse(text, nodeOptions: null, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidInputException($"{file}: not UTF-8 (byte {exception.Index}). Save the file as UTF-8.", exception);
        }
        catch (JsonException exception)
        {
            // The library appends its own account of the position, with lines counted from 0.
            string reason = exception.Message.Split([" LineNumber:", " Path:"], StringSplitOptions.None)[0];
            string line = exception.LineNumber is { } number ? $" (line {number + 1})" : "";
            throw new InvalidInputException($"{file}: not JSON{line}: {reason}", exception);
        }
    }
}
