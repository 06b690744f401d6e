using System.Globalization;
using System.Text;

namespace NotebookRunner.Kernels.Protocol;

/// <summary>
/// Writes JSON in ASCII alone. Polyglot Notebooks decodes what it reads piece by piece, as the pipe gives it: a character of several bytes that lies across two pieces would arrive as two
/// question marks. (.NET Interactive's own kernel loses some in every long output in Korean.)
/// </summary>
internal static class AsciiJson
{
    /// <summary>Writes a JSON text, with an escape for each character beyond ASCII. Such characters there are in strings only.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> json)
    {
        while (json.IndexOfAnyExceptInRange((byte)0, (byte)127) is var at and >= 0)
        {
            stream.Write(json[..at]);
            json = json[at..];
            int length = json.IndexOfAnyInRange((byte)0, (byte)127) is var end and >= 0 ? end : json.Length;
            stream.Write(Escape(json[..length]));
            json = json[length..];
        }

        stream.Write(json);
    }

    private static byte[] Escape(ReadOnlySpan<byte> text)
    {
        var escaped = new StringBuilder(text.Length * 2);
        foreach (char c in Encoding.UTF8.GetString(text))
            escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        return Encoding.ASCII.GetBytes(escaped.ToString());
    }
}
