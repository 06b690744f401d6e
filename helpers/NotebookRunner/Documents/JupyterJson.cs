using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>
/// Writes JSON in the layout of Jupyter: Python's <c>json.dumps(nb, ensure_ascii=False, indent=1)</c> and a newline.
/// <see cref="Utf8JsonWriter"/> does not fit: each of its encoders escapes more than Python does (emoji, for one),
/// and it would rewrite the escapes of strings that nobody touched.
/// </summary>
internal static class JupyterJson
{
    internal static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        WriteNode(text, node, depth: 0);
        return text.Append('\n').ToString();
    }

    private static void WriteNode(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject { Count: 0 }:
                text.Append("{}");
                break;
            case JsonArray { Count: 0 }:
                text.Append("[]");
                break;
            case JsonObject json:
                text.Append('{');
                WriteEntries(text, json, '}', depth, entry =>
                {
                    WriteString(text, entry.Key);
                    text.Append(": ");
                    WriteNode(text, entry.Value, depth + 1);
                });
                break;
            case JsonArray array:
                text.Append('[');
                WriteEntries(text, array, ']', depth, item => WriteNode(text, item, depth + 1));
                break;
            default:
                WriteValue(text, node.AsValue());
                break;
        }
    }

    private static void WriteEntries<T>(StringBuilder text, IEnumerable<T> entries, char close, int depth, Action<T> write)
    {
        bool first = true;
        foreach (T entry in entries)
        {
            if (!first)
                text.Append(',');
            first = false;
            text.Append('\n').Append(' ', depth + 1);
            write(entry);
        }

        text.Append('\n').Append(' ', depth).Append(close);
    }

    private static void WriteValue(StringBuilder text, JsonValue value)
    {
        // What came from the file goes back as it stood there: 1.0 stays 1.0, and an escape stays that escape.
        if (value.TryGetValue(out JsonElement element))
            text.Append(element.GetRawText());
        else if (value.TryGetValue(out string? content))
            WriteString(text, content);
        else
            text.Append(value.ToJsonString());
    }

    private static void WriteString(StringBuilder text, string content)
    {
        text.Append('"');
        for (int i = 0; i < content.Length; i++)
        {
            char c = content[i];
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case < ' ':
                    AppendEscape(text, c);
                    break;
                case var _ when char.IsHighSurrogate(c) && i + 1 < content.Length && char.IsLowSurrogate(content[i + 1]):
                    text.Append(c).Append(content[++i]);
                    break;
                case var _ when char.IsSurrogate(c):
                    // Half a character has no UTF-8 form; its escape is the only way to keep it.
                    AppendEscape(text, c);
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }

    private static void AppendEscape(StringBuilder text, char c) =>
        text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}
