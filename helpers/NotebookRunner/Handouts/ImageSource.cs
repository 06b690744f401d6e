using System.Text;
using NotebookRunner.Documents;

namespace NotebookRunner.Handouts;

/// <summary>Finds the images that the Markdown of a notebook shows.</summary>
internal sealed class ImageSource
{
    private readonly string _folder;
    private readonly List<string> _missing = [];

    /// <param name="folder">The notebook's folder, against which relative paths resolve.</param>
    internal ImageSource(string folder)
    {
        _folder = folder;
    }

    /// <summary>The local images that were asked for and could not be had.</summary>
    internal IReadOnlyList<string> Missing => _missing;

    /// <summary>The image behind a <c>src</c> as a data URI; null if it cannot be embedded.</summary>
    internal string? Find(string source, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        string? image = source switch
        {
            _ when source.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) => FromDataUri(source),
            _ when source.StartsWith("attachment:", StringComparison.OrdinalIgnoreCase) => FromAttachment(source["attachment:".Length..], attachments),
            _ when HasScheme(source) => null,
            _ => FromFile(source),
        };
        if (image is null && !HasScheme(source))
            _missing.Add(source);
        return image;
    }

    private static bool HasScheme(string source) =>
        source.StartsWith("//", StringComparison.Ordinal) || (Uri.TryCreate(source, UriKind.Absolute, out Uri? uri) && !uri.IsFile);

    private static string? FromDataUri(string uri)
    {
        int comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            return null;
        string content = Uri.UnescapeDataString(uri[(comma + 1)..]);
        bool isBase64 = uri.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        return isBase64 ? ImageData.ToDataUri(content) : ImageData.ToDataUri(Encoding.UTF8.GetBytes(content));
    }

    private static string? FromAttachment(string name, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        if (!attachments.TryGetValue(Uri.UnescapeDataString(name), out MimeBundle? bundle))
            return null;
        return bundle.Select(content => ImageData.ToDataUri(content.Value)).FirstOrDefault(image => image is not null);
    }

    private string? FromFile(string source)
    {
        string path = Path.Combine(_folder, Uri.UnescapeDataString(source.Split('?', '#')[0]));
        try
        {
            // A device or a pipe would never come to an end; their length is 0.
            return new FileInfo(path) is { Exists: true, Length: > 0 } ? ImageData.ToDataUri(File.ReadAllBytes(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
