using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace NotebookRunner.Handouts.Content;

/// <summary>The ids of a page: no two elements have the same, and a link to a heading stays right as long as the heading does.</summary>
internal sealed partial class ElementIds
{
    private static readonly HashSet<string> ListsOfIds = new(StringComparer.Ordinal)
    {
        "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-flowto", "aria-errormessage",
        "aria-activedescendant", "for", "headers", "list", "form",
    };

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The id that a heading gets: letters of all scripts, digits and hyphens, as code hosts make them.</summary>
    internal static string NameOf(string heading)
    {
        var name = new StringBuilder();
        foreach (char c in heading.Normalize().ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c == '_')
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        return name.ToString().Trim('-') is { Length: > 0 } text ? text : "section";
    }

    /// <summary>The CSS selector of the element with this id, whatever the id begins with.</summary>
    internal static string SelectorOf(string id) => $"[id=\"{id.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";

    /// <summary>Takes an id; if it is taken, the next free one with a number.</summary>
    internal string Add(string wanted)
    {
        string id = wanted;
        for (int i = 2; !_used.Add(id); i++)
            id = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{i}");
        return id;
    }

    /// <summary>Takes the ids of an element and of all that is in it; those that are taken already are changed, and what refers to them.</summary>
    internal void MakeUnique(IElement root) => Change(root, Add);

    /// <summary>Changes all ids in a piece of a page, and what refers to them inside it; not those by which a script finds its elements.</summary>
    internal static void Change(IElement root, Func<string, string> change)
    {
        var changed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IElement element in root.QuerySelectorAll("[id]").Prepend(root))
        {
            if (string.IsNullOrEmpty(element.Id) || element.Closest(".scripted") is not null)
                continue;
            string id = change(element.Id);
            // Of several equal ids, what refers to them means the first.
            if (id != element.Id)
                changed.TryAdd(element.Id, id);
            element.Id = id;
        }

        if (changed.Count == 0)
            return;
        foreach (IElement element in root.QuerySelectorAll("*").Prepend(root))
            ChangeReferences(element, changed);
    }

    private static void ChangeReferences(IElement element, Dictionary<string, string> changed)
    {
        string NewId(string id) => changed.GetValueOrDefault(id, id);
        foreach (IAttr attribute in element.Attributes)
        {
            if (attribute.LocalName == "href" && attribute.Value.StartsWith('#'))
                attribute.Value = "#" + NewId(attribute.Value[1..]);
            else if (ListsOfIds.Contains(attribute.Name))
                attribute.Value = string.Join(' ', attribute.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(NewId));
            else if (attribute.Value.Contains("url(", StringComparison.OrdinalIgnoreCase))
                attribute.Value = Reference().Replace(attribute.Value, match => match.Groups[1].Value + NewId(match.Groups[2].Value));
        }

        if (element.LocalName == "style")
            element.TextContent = Selector().Replace(element.TextContent, match => changed.TryGetValue(match.Groups["id"].Value, out string? id) ? SelectorOf(id) : match.Value);
    }

    [GeneratedRegex("""(url\(\s*["']?#)([^"')\s]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex("""#(?<id>[\p{L}_][\p{L}\p{N}_-]*)|\[id="(?<id>[^"]+)"\]""", RegexOptions.CultureInvariant)]
    private static partial Regex Selector();
}
