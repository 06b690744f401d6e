using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using NotebookRunner.Handouts.Styles;
using NotebookRunner.Pictures;

namespace NotebookRunner.Handouts.Content;

/// <summary>The ids of a page: no two elements have the same, and a link to a heading stays right as long as the heading does.</summary>
internal sealed class ElementIds
{
    private static readonly HashSet<string> ListsOfIds = new(StringComparer.Ordinal)
    {
        "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-flowto", "aria-errormessage",
        "aria-activedescendant", "for", "headers", "list", "form",
    };

    private readonly HashSet<string> _used = new(StringComparer.Ordinal) { "page.content" };

    /// <summary>The id that a heading gets: that of GitHub and of VS Code, so that a link to it is right there, too. Spaces become hyphens, and punctuation is left out.</summary>
    internal static string NameOf(string heading)
    {
        var name = new StringBuilder();
        foreach (char c in heading.Normalize().ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c is '_' or '-')
                name.Append(c);
            else if (char.IsWhiteSpace(c))
                name.Append('-');
        }

        return name.ToString().Trim('-') is { Length: > 0 } text ? text : "section";
    }

    /// <summary>Takes an id; if it is taken, the next free one with a number.</summary>
    internal string Add(string wanted)
    {
        string id = wanted;
        for (int i = 2; !_used.Add(id); i++)
            id = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{i}");
        return id;
    }

    /// <summary>Keeps an id for somebody who can have no other.</summary>
    internal void Reserve(string id) => _used.Add(id);

    /// <summary>Takes the ids of an element and of all that is in it; those that are taken already are changed, and what refers to them.</summary>
    internal void MakeUnique(IElement root) => Change(root, Add);

    /// <summary>Changes all ids in a piece of a page, and what refers to them inside it; not those by which a script finds its elements.</summary>
    internal static void Change(IElement root, Func<string, string> change)
    {
        ChangeNames(root, change);
        var changed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IElement element in root.QuerySelectorAll("[id]").Prepend(root))
        {
            if (string.IsNullOrEmpty(element.Id) || IsForScript(element))
                continue;
            string id = change(element.Id);
            // Of several equal ids, what refers to them means the first.
            if (id != element.Id)
                changed.TryAdd(element.Id, id);
            element.Id = id;
        }

        if (changed.Count == 0)
            return;
        var references = new IdChange(changed);
        // What stands beside a script refers to what kept its id; but a link may lead out of there.
        foreach (IElement element in root.QuerySelectorAll("*").Prepend(root).Where(element => element.LocalName == "a" || !IsForScript(element)))
            ChangeReferences(element, changed, references);
    }

    // The picture that a script takes away is whole; nothing asks for its parts.
    private static bool IsForScript(IElement element) => element.Closest(".scripted") is not null && element.Closest(PicturePlace.Selector) is null;

    /// <summary>Changes the names that make a group of elements, or by which an image finds its map: in another output, the same name is another's.</summary>
    private static void ChangeNames(IElement root, Func<string, string> change)
    {
        var changed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IElement element in root.QuerySelectorAll("input[type=radio][name], details[name], map[name]").Where(element => !IsForScript(element)))
        {
            string name = element.GetAttribute("name")!;
            if (!changed.TryGetValue(name, out string? other))
                changed[name] = other = change(name);
            element.SetAttribute("name", other);
        }

        foreach (IElement image in root.QuerySelectorAll("[usemap^='#']"))
            image.SetAttribute("usemap", "#" + changed.GetValueOrDefault(image.GetAttribute("usemap")![1..], image.GetAttribute("usemap")![1..]));
    }

    private static void ChangeReferences(IElement element, Dictionary<string, string> changed, IdChange styles)
    {
        string NewId(string id) => changed.GetValueOrDefault(id, id);
        foreach (IAttr attribute in element.Attributes)
        {
            if (attribute.LocalName == "href" && attribute.Value.StartsWith('#'))
                attribute.Value = "#" + NewId(attribute.Value[1..]);
            else if (ListsOfIds.Contains(attribute.Name))
                attribute.Value = string.Join(' ', attribute.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(NewId));
            else
                attribute.Value = styles.InValue(attribute.Value);
        }

        if (element.LocalName == "style")
            element.TextContent = styles.Rewrite(element.TextContent);
    }
}
