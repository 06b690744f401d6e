using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Comparison;

/// <summary>What a reader of a piece of HTML reads, line by line.</summary>
internal static partial class VisibleText
{
    private static readonly HashSet<string> Invisible = new(StringComparer.Ordinal) { "script", "style", "template", "noscript", "head" };

    private static readonly HashSet<string> Lineless = new(StringComparer.Ordinal)
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "rp", "rt",
        "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tspan", "tt", "u", "var", "wbr",
    };

    /// <summary>The lines, without those that are blank.</summary>
    internal static IReadOnlyList<string> Lines(string html)
    {
        var text = new StringBuilder();
        Read(HtmlFragment.Parse(html), text);
        return
        [
            .. text.ToString().Split('\n')
                .Select(line => Whitespace().Replace(line, " ").Trim(' ', '|'))
                .Where(line => line.Length > 0),
        ];
    }

    private static void Read(INode node, StringBuilder text)
    {
        if (node is IText content)
            text.Append(content.Data.ReplaceLineEndings(" "));
        if (node is not IElement element || Invisible.Contains(element.LocalName))
            return;
        switch (element.LocalName)
        {
            case "svg" when Alternative(element) is { Length: > 0 } alternative:
                // A drawing is what its text alternative says: where its marks and the ticks of its axes are depends on the numbers.
                text.Append('\n').AppendJoin('\n', alternative).Append('\n');
                break;
            case "img":
                text.Append(element.GetAttribute("alt"));
                break;
            case "td" or "th":
                ReadChildren(element, text);
                text.Append(" | ");
                break;
            case var name when Lineless.Contains(name):
                ReadChildren(element, text);
                break;
            default:
                text.Append('\n');
                ReadChildren(element, text);
                text.Append('\n');
                break;
        }
    }

    private static void ReadChildren(IElement element, StringBuilder text)
    {
        foreach (INode child in element.ChildNodes)
            Read(child, text);
    }

    // Sentence by sentence: a description says of one lane or bar after the other what it is, and their order may differ.
    private static string[] Alternative(IElement drawing) =>
    [
        .. drawing.Children
            .Where(child => child.LocalName is "title" or "desc")
            .SelectMany(child => SentenceEnd().Split(child.TextContent.ReplaceLineEndings(" "))),
    ];

    [GeneratedRegex(@"(?<=[.?!]) ", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Whitespace();
}
