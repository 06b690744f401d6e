using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookRunner.Tests.Transcripts;

/// <summary>One line of a transcript: an object whose one member is called after the kind.</summary>
/// <param name="Kind">Who said it, and how.</param>
/// <param name="Text">What was said. Of a command or an event the line itself, as it went over the pipe, without its end.</param>
internal sealed record Entry(EntryKind Kind, string Text)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether <paramref name="line"/> is an event, rather than what somebody else wrote to the kernel's output.</summary>
    public static bool IsEvent(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject envelope && envelope.ContainsKey("event");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static Entry Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonProperty entry = document.RootElement.EnumerateObject().Single();
        string text = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText();
        return new(Enum.Parse<EntryKind>(entry.Name, ignoreCase: true), text);
    }

    public override string ToString()
    {
        string value = Kind is EntryKind.In or EntryKind.Out or EntryKind.Exit ? Text : JsonSerializer.Serialize(Text, Readable);
        return $"{{\"{Kind.ToString().ToLowerInvariant()}\":{value}}}";
    }
}
