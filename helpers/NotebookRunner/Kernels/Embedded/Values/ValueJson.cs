using System.Collections;
using System.Text;
using System.Text.Json;

namespace NotebookRunner.Kernels.Embedded.Values;

/// <summary>A value as JSON, as far as that goes without running code of the notebook's: numbers, texts, and collections of such.</summary>
internal static class ValueJson
{
    private const int MaxDepth = 32;
    private const int MaxBytes = 16 << 20;

    /// <summary>Writes a value.</summary>
    /// <returns>Null if it is another one, or too large.</returns>
    public static string? TryWrite(object? value)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        if (!TryWrite(writer, value, depth: 0))
            return null;
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool TryWrite(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > MaxDepth || writer.BytesCommitted + writer.BytesPending > MaxBytes)
            return false;
        switch (value)
        {
            case null or bool or string or char or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or DateTime or DateTimeOffset or Guid:
                writer.WriteRawValue(JsonSerializer.Serialize(value));
                return true;
            case IDictionary pairs when KnownCollections.TryGetElements(value) is not null:
                writer.WriteStartObject();
                foreach (DictionaryEntry pair in pairs)
                {
                    if (pair.Key is not string name)
                        return false;
                    writer.WritePropertyName(name);
                    if (!TryWrite(writer, pair.Value, depth + 1))
                        return false;
                }

                writer.WriteEndObject();
                return true;
            case var _ when value is not Array { Rank: > 1 } && KnownCollections.TryGetElements(value) is { } elements:
                writer.WriteStartArray();
                foreach (object? element in elements)
                {
                    if (!TryWrite(writer, element, depth + 1))
                        return false;
                }

                writer.WriteEndArray();
                return true;
            default:
                return false;
        }
    }
}
