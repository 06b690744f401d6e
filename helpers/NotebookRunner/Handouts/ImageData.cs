using System.Buffers.Text;
using System.Text;

namespace NotebookRunner.Handouts;

/// <summary>Makes data URIs of images. What an image is, its bytes say: neither a file's name nor a notebook is believed.</summary>
internal static class ImageData
{
    /// <returns>The data URI; null if the bytes are no image that browsers show.</returns>
    internal static string? ToDataUri(ReadOnlySpan<byte> bytes) =>
        MimeTypeOf(bytes) is { } mimeType ? $"data:{mimeType};base64,{Convert.ToBase64String(bytes)}" : null;

    /// <returns>The data URI; null if the text is not Base64, or its bytes are no image that browsers show.</returns>
    internal static string? ToDataUri(string base64)
    {
        // Jupyter folds long Base64 into lines.
        return Base64.IsValid(base64) ? ToDataUri(Convert.FromBase64String(base64)) : null;
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
        return IsSvg(bytes) ? "image/svg+xml" : null;
    }

    private static bool IsSvg(ReadOnlySpan<byte> bytes)
    {
        string start = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 2048)]).TrimStart('\uFEFF').TrimStart();
        return start.StartsWith('<') && start.Contains("<svg", StringComparison.Ordinal);
    }
}
