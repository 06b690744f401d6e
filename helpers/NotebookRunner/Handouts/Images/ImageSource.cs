using NotebookRunner.Documents;

namespace NotebookRunner.Handouts.Images;

/// <summary>Finds the images that a notebook shows.</summary>
internal sealed class ImageSource
{
    private const string AttachmentScheme = "attachment:";

    private readonly string _folder;
    private readonly List<string> _missing = [];

    /// <param name="folder">The notebook's folder, against which relative paths resolve.</param>
    internal ImageSource(string folder)
    {
        _folder = folder;
    }

    /// <summary>The images that were asked for and could not be had; not those from elsewhere, which the page names.</summary>
    internal IReadOnlyList<string> Missing => _missing;

    /// <summary>Whether an image would have to be fetched.</summary>
    internal static bool IsRemote(string source) =>
        source.StartsWith("//", StringComparison.Ordinal) || (Uri.TryCreate(source, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https");

    /// <summary>Notes an image that is none.</summary>
    /// <param name="description">What to call it.</param>
    internal void Miss(string description) => _missing.Add(description);

    /// <summary>The image behind a <c>src</c>; null if it cannot be embedded.</summary>
    internal EmbeddedImage? Find(string source, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        EmbeddedImage? image = source switch
        {
            _ when source.StartsWith("data:", StringComparison.OrdinalIgnoreCase) => EmbeddedImage.FromDataUri(source),
            _ when source.StartsWith(AttachmentScheme, StringComparison.OrdinalIgnoreCase) => FromAttachment(source[AttachmentScheme.Length..], attachments),
            _ when HasScheme(source) => null,
            _ => FromFile(source),
        };
        if (image is null && !IsRemote(source))
            _missing.Add(Describe(source, attachments));
        return image;
    }

    private static bool HasScheme(string source) =>
        source.StartsWith("//", StringComparison.Ordinal) || (Uri.TryCreate(source, UriKind.Absolute, out Uri? uri) && !uri.IsFile);

    private static string Describe(string source, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        if (source.Length == 0)
            return "(without an address)";
        if (!source.StartsWith(AttachmentScheme, StringComparison.OrdinalIgnoreCase))
            return source;
        string names = attachments.Count == 0 ? "nothing" : string.Join(", ", attachments.Keys);
        return $"{source} (attached to the cell: {names})";
    }

    private static EmbeddedImage? FromAttachment(string name, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        if (!attachments.TryGetValue(Uri.UnescapeDataString(name), out MimeBundle? bundle) && !attachments.TryGetValue(name, out bundle))
            return null;
        return bundle
            .Select(content => EmbeddedImage.FromContent(content.Value))
            .FirstOrDefault(image => image is not null);
    }

    private EmbeddedImage? FromFile(string source)
    {
        string file = Uri.UnescapeDataString(source.Split('?', '#')[0]);
        if (FileNames.LeadsToOtherMachine(file))
            return null;
        string path = Path.Combine(_folder, file);
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
