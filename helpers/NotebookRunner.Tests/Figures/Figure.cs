using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace NotebookRunner.Tests.Figures;

/// <summary>A figure, taken apart.</summary>
internal sealed partial class Figure
{
    internal const string DarkCondition = "@media screen and (prefers-color-scheme: dark)";

    internal Figure(string fileName)
    {
        Name = Path.GetFileNameWithoutExtension(fileName);
        // A document type would let entities in, and with them other files.
        using var reader = XmlReader.Create(Path.Combine(ImagesFolder.Path, fileName), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        Root = XDocument.Load(reader).Root!;
        string style = Elements("style").Single().Value;
        int dark = style.IndexOf(DarkCondition, StringComparison.Ordinal);
        (LightStyle, DarkStyle) = dark < 0 ? (style, "") : (style[..dark], style[(dark + DarkCondition.Length)..]);
    }

    /// <summary>The file's name without its extension: what ids and classes begin with.</summary>
    internal string Name { get; }

    internal XElement Root { get; }

    /// <summary>The rules that always apply.</summary>
    internal string LightStyle { get; }

    /// <summary>The rules, in braces, for a dark screen.</summary>
    internal string DarkStyle { get; }

    internal IEnumerable<XElement> Elements(string name) => Root.Descendants(Root.Name.Namespace + name);

    internal IEnumerable<XAttribute> Attributes() => Root.DescendantsAndSelf().Attributes();

    internal IEnumerable<string> Attributes(string name) => Attributes().Where(attribute => attribute.Name.LocalName == name).Select(attribute => attribute.Value);

    internal IEnumerable<string> Classes() => Attributes("class").SelectMany(value => value.Split(' ')).Distinct();

    internal static IEnumerable<string> Colours(string style) => Colour().Matches(style).Select(match => match.Value).Distinct();

    internal static IEnumerable<string> Selectors(string style) => ClassSelector().Matches(style).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>What each class sets to a colour, such as "figure-text fill".</summary>
    internal static IEnumerable<string> Coloured(string style) =>
        from rule in Rule().Matches(style)
        from selector in Selectors(rule.Groups[1].Value)
        from declaration in ColourDeclaration().Matches(rule.Groups[2].Value)
        select $"{selector} {declaration.Groups[1].Value}";

    [GeneratedRegex("#[0-9a-fA-F]+")]
    private static partial Regex Colour();

    [GeneratedRegex(@"\.([a-z][a-z0-9-]*)")]
    private static partial Regex ClassSelector();

    [GeneratedRegex(@"([^{}]+)\{([^{}]+)\}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"(fill|stroke): #")]
    private static partial Regex ColourDeclaration();
}
