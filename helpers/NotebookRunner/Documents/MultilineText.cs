using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>nbformat's multi-line string: one string, or a list of lines of which each keeps its line end.</summary>
internal static class MultilineText
{
    internal static bool TryRead(JsonNode? json, [NotNullWhen(true)] out string text)
    {
        text = "";
        if (json is JsonArray lines)
        {
            if (!lines.All(IsString))
                return false;
            text = string.Concat(lines.Select(line => line!.GetValue<string>()));
            return true;
        }

        if (!IsString(json))
            return false;
        text = json!.GetValue<string>();
        return true;
    }

    internal static string Read(JsonNode? json) => TryRead(json, out string text) ? text : "";

    /// <summary>The first line in the list form that is not the last one and has no end; null if there is none.</summary>
    internal static string? FindLineWithoutEnd(JsonNode? json) => json is JsonArray { Count: > 1 } lines
        ? lines.SkipLast(1).Select(line => Read(line)).FirstOrDefault(line => !line.EndsWith('\n'))
        : null;

    /// <summary>The list form, as VS Code writes it: a line ends at a line feed only, so that a carriage return stays inside its line.</summary>
    internal static JsonArray ToJson(string text)
    {
        var lines = new JsonArray();
        for (int start = 0; start < text.Length;)
        {
            int newline = text.IndexOf('\n', start);
            int end = newline < 0 ? text.Length : newline + 1;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }

        return lines;
    }

    private static bool IsString(JsonNode? json) => json?.GetValueKind() == JsonValueKind.String;
}
