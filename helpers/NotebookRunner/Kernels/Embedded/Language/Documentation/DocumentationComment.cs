using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace NotebookRunner.Kernels.Embedded.Language.Documentation;

/// <summary>What its author has written about a symbol, as Markdown.</summary>
internal sealed class DocumentationComment
{
    private static readonly DocumentationComment None = new(new XElement("member"));

    private readonly XElement _member;

    private DocumentationComment(XElement member) => _member = member;

    /// <summary>What it is; empty where nothing is said.</summary>
    public string Summary => ToMarkdown(_member.Element("summary"));

    /// <summary>Reads the comment in the source, or else in the file beside the assembly.</summary>
    public static DocumentationComment Of(ISymbol symbol, Compilation compilation)
    {
        var declared = ((symbol as IMethodSymbol)?.ReducedFrom ?? symbol).OriginalDefinition;
        string? xml = declared.GetDocumentationCommentXml();
        if (string.IsNullOrEmpty(xml))
            xml = DocumentationFiles.Find(declared, compilation);
        try
        {
            return string.IsNullOrEmpty(xml) ? None : new(XElement.Parse(xml));
        }
        catch (XmlException)
        {
            return None;
        }
    }

    /// <summary>What a parameter is for; empty where nothing is said.</summary>
    public string OfParameter(string name) => ToMarkdown(_member.Elements("param").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == name));

    private static string ToMarkdown(XElement? element)
    {
        if (element is null)
            return "";
        var text = new StringBuilder();
        Append(text, element);
        string[] paragraphs = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join("\n\n", paragraphs);
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText words:
                    // The author's own line ends mean nothing.
                    string joined = string.Join(' ', words.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                    bool isApart = text.Length > 0 && words.Value.Length > 0 && char.IsWhiteSpace(words.Value[0]);
                    text.Append(isApart ? " " : "").Append(joined).Append(joined.Length > 0 && char.IsWhiteSpace(words.Value[^1]) ? " " : "");
                    break;
                case XElement { Name.LocalName: "para" or "item" } part:
                    text.Append('\n');
                    Append(text, part);
                    text.Append('\n');
                    break;
                case XElement { Name.LocalName: "c" or "code" } code:
                    text.Append('`').Append(code.Value.Trim()).Append('`');
                    break;
                case XElement reference when Target(reference) is { } name:
                    text.Append('`').Append(name).Append('`');
                    break;
                case XElement other:
                    Append(text, other);
                    break;
            }
        }
    }

    // <see cref="M:System.Console.WriteLine(System.String)"/>, <paramref name="x"/>
    private static string? Target(XElement reference)
    {
        if (reference.Nodes().Any())
            return null;
        string? name = ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name"))?.Split('(')[0];
        return name?[(name.LastIndexOfAny(['.', ':']) + 1)..].Split('`')[0];
    }
}
