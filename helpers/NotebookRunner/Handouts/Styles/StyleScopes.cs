using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;

namespace NotebookRunner.Handouts.Styles;

/// <summary>Keeps the style sheets of a notebook's drawings and outputs to themselves: on a page, every style sheet holds for all of it.</summary>
internal sealed class StyleScopes
{
    /// <summary>Says which style sheets an element is subject to.</summary>
    internal const string Attribute = "data-sheet";

    private readonly string _notebook;
    private int _count;

    /// <param name="notebook">The name of the notebook. Several notebooks may come to stand on one page.</param>
    internal StyleScopes(string notebook)
    {
        _notebook = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notebook)).AsSpan(0, 4));
    }

    /// <summary>Limits the style sheets in an element to the element.</summary>
    /// <param name="root">The element. What is referred to by an id in it must have got its final id.</param>
    internal void Limit(IElement root)
    {
        IHtmlCollection<IElement> sheets = root.QuerySelectorAll("style");
        if (sheets.Length == 0)
            return;
        string id = string.Create(CultureInfo.InvariantCulture, $"{_notebook}-{++_count}");
        root.SetAttribute(Attribute, id);
        foreach (IElement shape in UsedElsewhere(root))
            shape.SetAttribute(Attribute, id);

        var names = new SheetNames("-" + id);
        // A script may use them, too.
        if (root.QuerySelector("script") is null)
        {
            foreach (IElement sheet in sheets)
                names.Collect(CssText.WithoutComments(sheet.TextContent));
        }

        var scope = new StyleScope($"[{Attribute}=\"{id}\"]", names);
        foreach (IElement sheet in sheets)
            Limit(sheet, scope);
        if (!names.AreNone)
            RenameInAttributes(root, names);
    }

    private static void Limit(IElement sheet, StyleScope scope)
    {
        string css = sheet.TextContent;
        if (sheet.GetAttribute("media") is { Length: > 0 } media)
            css = $"@media {media} {{ {css} }}";
        sheet.TextContent = scope.Rewrite(css);
        // With a title it would be one of several for the whole page, of which a browser uses one.
        sheet.RemoveAttribute("media");
        sheet.RemoveAttribute("title");
    }

    /// <summary>What <c>use</c> draws in another place has no parents there; a rule that asks for one would not hold.</summary>
    private static IEnumerable<IElement> UsedElsewhere(IElement root)
    {
        HashSet<string> ids = [.. root.QuerySelectorAll("use").SelectMany(use => use.Attributes).Where(attribute => attribute.LocalName == "href" && attribute.Value.StartsWith('#')).Select(attribute => attribute.Value[1..])];
        // A symbol is there for nothing else; the next output may use it.
        return root.QuerySelectorAll("[id]").Where(element => ids.Contains(element.Id!) || element.LocalName == "symbol").SelectMany(element => element.QuerySelectorAll("*").Prepend(element));
    }

    private static void RenameInAttributes(IElement root, SheetNames names)
    {
        foreach (IElement element in root.QuerySelectorAll("[style], [font-family]"))
        {
            if (element.GetAttribute("style") is { } style)
                element.SetAttribute("style", string.Join(';', CssPiece.Read(style, inRule: true).Select(piece => names.InDeclaration(piece.Text))));
            if (element.GetAttribute("font-family") is { } family)
                element.SetAttribute("font-family", names.InDeclaration($"font-family:{family}")["font-family:".Length..]);
        }
    }
}
