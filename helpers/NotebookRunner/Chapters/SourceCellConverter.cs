using System.Text.Json;
using System.Text.Json.Serialization;

namespace NotebookRunner.Chapters;

/// <summary>A source cell in the manifest: its number.</summary>
internal sealed class SourceCellConverter : JsonConverter<SourceCell>
{
    /// <inheritdoc/>
    public override SourceCell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number))
            return new SourceCell(number);
        string found = reader.TokenType == JsonTokenType.String ? $"\"{reader.GetString()}\"" : $"a {reader.TokenType}";
        throw new JsonException($"{found} is no source cell; write its number in the chapter, from 1");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SourceCell value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Number);
}
