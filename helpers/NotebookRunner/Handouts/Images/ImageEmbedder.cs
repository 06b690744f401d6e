using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Styles;

namespace NotebookRunner.Handouts.Images;

/// <summary>Puts images into the page in place of the references to them.</summary>
internal sealed class ImageEmbedder
{
    private static readonly IReadOnlyDictionary<string, MimeBundle> NoAttachments = new Dictionary<string, MimeBundle>();

    private readonly ImageSource _source;
    private readonly HandoutLabels _labels;
    private readonly ElementIds _ids;
    private readonly StyleScopes _scopes;

    internal ImageEmbedder(ImageSource source, HandoutLabels labels, ElementIds ids, StyleScopes scopes)
    {
        _source = source;
        _labels = labels;
        _ids = ids;
        _scopes = scopes;
    }

    /// <summary>Replaces all <c>img</c> elements in the content. What cannot be shown is named in words.</summary>
    internal void Embed(IElement content, IReadOnlyDictionary<string, MimeBundle> attachments)
    {
        // The page holds one image in place of several for different screens.
        foreach (IElement source in content.QuerySelectorAll("picture > source"))
            source.Remove();
        foreach (IElement image in content.QuerySelectorAll("svg image, svg feImage"))
            EmbedInDrawing(image);
        foreach (IElement image in content.QuerySelectorAll("img"))
        {
            string source = image.GetAttribute("src") ?? "";
            string alternative = image.GetAttribute("alt") ?? "";
            string fallback = source.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? _labels.Image : $"{_labels.Image}: {FileName(source)}";
            if (_source.Find(source, attachments) is { } found && ToElement(found, alternative, fallback, image, FolderOf(source)) is { } shown)
                image.Replace(shown);
            else
                image.Replace(Note(image, alternative, source));
        }
    }

    /// <summary>An element that shows the image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="alternative">What there is to see; may be empty.</param>
    /// <param name="fallback">What it is called if nobody says.</param>
    /// <param name="like">An element whose document and size it takes.</param>
    /// <param name="folder">The folder that a drawing looks in for images of its own; relative to the notebook's.</param>
    /// <returns>The element; null if the image is a drawing of nothing.</returns>
    internal IElement? ToElement(EmbeddedImage image, string alternative, string fallback, IElement like, string folder = "")
    {
        if (image.Drawing is { } svg)
        {
            IElement? drawing = Drawing.From(svg, address => AddressInDrawing(address, folder), alternative, fallback, _ids, _scopes);
            if (drawing is not null && like.GetAttribute("width") is { } width)
            {
                // The style sheet sets the height to match.
                drawing.SetAttribute("width", width);
                drawing.RemoveAttribute("height");
            }

            return drawing;
        }

        IElement element = like.LocalName == "img" ? (IElement)like.Clone() : like.Owner!.CreateElement("img");
        element.RemoveAttribute("srcset");
        element.SetAttribute("src", image.DataUri);
        element.SetAttribute("alt", alternative.Length > 0 ? alternative : fallback);
        return element;
    }

    private void EmbedInDrawing(IElement image)
    {
        foreach (IAttr attribute in image.Attributes.Where(attribute => attribute.LocalName == "href" && !attribute.Value.StartsWith('#')).ToArray())
        {
            if (AddressInDrawing(attribute.Value, "") is { } address)
                attribute.Value = address;
            else
                image.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
        }
    }

    /// <summary>The image in a drawing, as its address; null if it cannot be had.</summary>
    private string? AddressInDrawing(string address, string folder)
    {
        if (ImageSource.IsRemote(address))
        {
            // There is no place for words in a drawing.
            _source.Miss($"{address} (in a drawing)");
            return null;
        }

        bool isFile = !address.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        return _source.Find(isFile && folder.Length > 0 ? $"{folder}/{address}" : address, NoAttachments)?.DataUri;
    }

    private static string FolderOf(string source) =>
        source.Contains(':', StringComparison.Ordinal) || !source.Contains('/', StringComparison.Ordinal) ? "" : source[..source.LastIndexOf('/')];

    private IElement Note(IElement image, string alternative, string source)
    {
        IElement note = image.Owner!.CreateElement("span");
        note.ClassName = "missing";
        string label = ImageSource.IsRemote(source) ? _labels.Image : _labels.MissingImage;
        string words = string.Join(' ', ((string[])[alternative, CellPlace.Shorten(source, source.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? 30 : 200)]).Where(word => word.Length > 0));
        note.TextContent = words.Length > 0 ? $"[{label}: {words}]" : $"[{label}]";
        return note;
    }

    private static string FileName(string source) => Uri.UnescapeDataString(source.Split('?', '#')[0].Split('/', ':')[^1]);
}
