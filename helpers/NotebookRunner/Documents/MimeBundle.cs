using System.Collections;
using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>One value in several forms: MIME type to content, in the order in which the file or the kernel gave them.</summary>
internal sealed class MimeBundle : IReadOnlyCollection<KeyValuePair<string, string>>
{
    private readonly OrderedDictionary<string, string> _contents;

    internal MimeBundle(IEnumerable<KeyValuePair<string, string>> contents)
    {
        _contents = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (mimeType, content) in contents)
            _contents[mimeType] = content;
    }

    /// <inheritdoc/>
    public int Count => _contents.Count;

    /// <summary>The content of this type; null if the bundle has none.</summary>
    public string? this[string mimeType] => _contents.GetValueOrDefault(mimeType);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _contents.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads the <c>data</c> of an output or an attachment.</summary>
    internal static MimeBundle FromJson(JsonNode? json) =>
        new((json as JsonObject ?? []).Select(entry => KeyValuePair.Create(entry.Key, ContentFromJson(entry.Key, entry.Value))));

    /// <summary>Writes the bundle as nbformat stores it: text as a list of lines, JSON as JSON, all else as one string.</summary>
    internal JsonObject ToJson() =>
        new(_contents
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, ContentToJson(entry.Key, entry.Value))));

    private static string ContentFromJson(string mimeType, JsonNode? json) =>
        !IsJson(mimeType) && MultilineText.TryRead(json, out string text) ? text : json?.ToJsonString() ?? "null";

    private static JsonNode? ContentToJson(string mimeType, string content)
    {
        if (IsJson(mimeType))
            return JsonNode.Parse(content);
        return IsText(mimeType) ? MultilineText.ToJson(content) : JsonValue.Create(content);
    }

    private static bool IsJson(string mimeType) =>
        mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);

    private static bool IsText(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "image/svg+xml" or "application/javascript";
}
