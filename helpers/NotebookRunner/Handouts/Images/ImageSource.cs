using NotebookRunner.Documents;

namespace NotebookRunner.Handouts.Images;

/// <summary>Finds the images that a notebook shows.</summary>
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

    /// <summary>The image behind a <c>src</c>; null if it cannot be embedded.</summary>
    internal EmbeddedImage? Find(string source, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        EmbeddedImage? image = source switch
        {
            _ when source.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) => EmbeddedImage.FromDataUri(source),
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

    private static EmbeddedImage? FromAttachment(string name, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        if (!attachments.TryGetValue(Uri.UnescapeDataString(name), out MimeBundle? bundle))
            return null;
        return bundle
            .Select(content => content.Key == "image/svg+xml" ? EmbeddedImage.From(System.Text.Encoding.UTF8.GetBytes(content.Value)) : EmbeddedImage.From(content.Value))
            .FirstOrDefault(image => image is not null);
    }

    private EmbeddedImage? FromFile(string source)
    {
        string path = Path.Combine(_folder, Uri.UnescapeDataString(source.Split('?', '#')[0]));
        try
        {
            // A device or a pipe would never come to an end; their length is 0.
            return new FileInfo(path) is { Exists: true, Length: > 0 } ? EmbeddedImage.From(File.ReadAllBytes(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
