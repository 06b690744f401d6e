using AngleSharp.Dom;
using AngleSharp.Html;

namespace NotebookRunner.Handouts.Safety;

/// <summary>Writes HTML to be read, not to be parsed: <c>"</c> is a quotation mark, not <c>&amp;quot;</c>.</summary>
internal sealed class SourceFormatter : HtmlMarkupFormatter
{
    private SourceFormatter()
    {
    }

    internal static new SourceFormatter Instance { get; } = new();

    /// <inheritdoc/>
    public override string Text(ICharacterData text) => text.Data;

    /// <inheritdoc/>
    protected override string Attribute(IAttr attribute) => $"{attribute.Name}=\"{attribute.Value}\"";
}
