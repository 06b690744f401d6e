using System.Buffers.Text;
using System.Text;

namespace NotebookRunner.Handouts.Images;

/// <summary>An image that browsers show. What it is, its bytes say: neither a file's name nor a notebook is believed.</summary>
internal sealed class EmbeddedImage
{
    private const string Svg = "image/svg+xml";

    private readonly byte[] _bytes;
    private readonly string _mimeType;

    private EmbeddedImage(byte[] bytes, string mimeType)
    {
        _bytes = bytes;
        _mimeType = mimeType;
    }

    /// <summary>The drawing, if this is one; null if it is a picture of pixels.</summary>
    internal string? Drawing => _mimeType == Svg ? Encoding.UTF8.GetString(_bytes) : null;

    internal string DataUri => $"data:{_mimeType};base64,{Convert.ToBase64String(_bytes)}";

    /// <returns>The image; null if the bytes are none.</returns>
    internal static EmbeddedImage? From(byte[] bytes) => MimeTypeOf(bytes) is { } mimeType ? new EmbeddedImage(bytes, mimeType) : null;

    /// <summary>An image as notebooks hold it: drawings are text, or Base64 as all others; it depends on who pasted it.</summary>
    /// <returns>The image; null if this is none.</returns>
    internal static EmbeddedImage? FromContent(string content) =>
        content.AsSpan().TrimStart("\uFEFF \t\r\n") is ['<', ..] ? From(Encoding.UTF8.GetBytes(content)) : From(content);

    /// <returns>The image; null if the text is not Base64 (which Jupyter folds into lines), or its bytes are none.</returns>
    internal static EmbeddedImage? From(string base64) => Base64.IsValid(base64) ? From(Convert.FromBase64String(base64)) : null;

    /// <returns>The image; null if the URI holds none.</returns>
    internal static EmbeddedImage? FromDataUri(string uri)
    {
        int comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            return null;
        string content = Uri.UnescapeDataString(uri[(comma + 1)..]);
        bool isBase64 = uri.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        return isBase64 ? From(content) : From(Encoding.UTF8.GetBytes(content));
    }

    private static string? MimeTypeOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
            return "image/png";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (bytes.StartsWith("GIF8"u8))
            return "image/gif";
        if (bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8))
            return "image/webp";
        if (bytes.StartsWith("BM"u8))
            return "image/bmp";
        if (bytes.Length > 12 && bytes[4..].StartsWith("ftypavi"u8))
            return "image/avif";
        if (bytes.Length > 4 && bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0]))
            return "image/x-icon";
        return IsSvg(bytes) ? Svg : null;
    }

    private static bool IsSvg(ReadOnlySpan<byte> bytes)
    {
        string start = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4096)]).TrimStart('\uFEFF').TrimStart();
        return start.StartsWith('<') && start.Contains("<svg", StringComparison.Ordinal);
    }
}
