using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Styles;

namespace NotebookRunner.Handouts.Images;

/// <summary>Puts images into the page in place of the references to them.</summary>
internal sealed class ImageEmbedder
{
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
        foreach (IElement image in content.QuerySelectorAll("img"))
        {
            string source = image.GetAttribute("src") ?? "";
            string alternative = image.GetAttribute("alt") ?? "";
            string fallback = source.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? _labels.Image : $"{_labels.Image}: {FileName(source)}";
            if (_source.Find(source, attachments) is { } found && ToElement(found, alternative, fallback, image) is { } shown)
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
    /// <returns>The element; null if the image is a drawing of nothing.</returns>
    internal IElement? ToElement(EmbeddedImage image, string alternative, string fallback, IElement like)
    {
        if (image.Drawing is { } svg)
        {
            IElement? drawing = Drawing.From(svg, alternative, fallback, _ids, _scopes);
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

    private IElement Note(IElement image, string alternative, string source)
    {
        bool isRemote = Uri.TryCreate(source, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https";
        IElement note = image.Owner!.CreateElement("span");
        note.ClassName = "missing";
        string words = string.Join(' ', ((string[])[alternative, CellPlace.Shorten(source, 200)]).Where(word => word.Length > 0));
        note.TextContent = $"[{(isRemote ? _labels.Image : _labels.MissingImage)}: {words}]";
        return note;
    }

    private static string FileName(string source) => Uri.UnescapeDataString(source.Split('?', '#')[0].Split('/', ':')[^1]);
}
