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

    private static string? FromDataUri(string uri) =>
        uri.Split(";base64,") is [_, var base64] ? ImageData.ToDataUri(Uri.UnescapeDataString(base64)) : null;

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
            return File.Exists(path) ? ImageData.ToDataUri(File.ReadAllBytes(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
