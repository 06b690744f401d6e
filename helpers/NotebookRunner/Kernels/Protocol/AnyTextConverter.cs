using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NotebookRunner.Kernels.Protocol;

/// <summary>Reads and writes any .NET string, unpaired surrogates included, which System.Text.Json by itself replaces or refuses.</summary>
internal sealed class AnyTextConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException) when (reader.TokenType == JsonTokenType.String)
        {
            return Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (HasUnpairedSurrogate(value))
            writer.WriteRawValue(Escape(value), skipInputValidation: true);
        else
            writer.WriteStringValue(value);
    }

    private static bool HasUnpairedSurrogate(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var at and >= 0)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out int consumed) != System.Buffers.OperationStatus.Done)
                return true;
            text = text[(at + consumed)..];
        }

        return false;
    }

    private static string Escape(string text)
    {
        var literal = new StringBuilder(text.Length + 16).Append('"');
        foreach (char c in text)
        {
            if (c is >= ' ' and < '\x7f' and not ('"' or '\\'))
                literal.Append(c);
            else
                literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return literal.Append('"').ToString();
    }

    private static string Unescape(string literal)
    {
        var text = new StringBuilder(literal.Length);
        for (int i = 0; i < literal.Length; i++)
        {
            if (literal[i] != '\\')
            {
                text.Append(literal[i]);
                continue;
            }

            char escaped = literal[++i];
            if (escaped == 'u')
            {
                text.Append((char)ushort.Parse(literal.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(escaped switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => escaped });
            }
        }

        return text.ToString();
    }
}
