using AngleSharp.Dom;
using NotebookRunner.Handouts.Content;

namespace NotebookRunner.Handouts.Pages;

/// <summary>Leads the links of a notebook to where they lead on paper and on a memory stick: to other handouts, not to notebooks.</summary>
internal sealed class NotebookLinks
{
    private const string Extension = ".ipynb";

    private readonly Dictionary<string, NotebookContent> _notebooks;
    private readonly Func<NotebookContent, string?, string> _addressOf;

    /// <param name="notebooks">The notebooks that have handouts.</param>
    /// <param name="addressOf">The address of a notebook in them, and of an element in it if an id is given.</param>
    internal NotebookLinks(IEnumerable<NotebookContent> notebooks, Func<NotebookContent, string?, string> addressOf)
    {
        _notebooks = notebooks.ToDictionary(notebook => notebook.Name, StringComparer.OrdinalIgnoreCase);
        _addressOf = addressOf;
    }

    /// <summary>Changes the links in a body, which may be a copy of the notebook's.</summary>
    internal void Resolve(IElement body, NotebookContent notebook)
    {
        foreach (IElement link in body.QuerySelectorAll("a[href]"))
        {
            string target = link.GetAttribute("href")!;
            if (target.StartsWith('#'))
                Lead(link, FindAnchor(notebook, target[1..]) is { } anchor ? _addressOf(notebook, anchor) : null);
            else if (!HasScheme(target))
                Lead(link, AddressOf(target));
        }
    }

    /// <summary>Whether a part of a notebook is nothing but links to other notebooks, which a page has anyway.</summary>
    internal static bool IsPager(IElement part)
    {
        IElement[] links = [.. part.QuerySelectorAll("a[href]")];
        return links.Length > 0
            && links.All(link => IsNotebook(link.GetAttribute("href")!.Split('#')[0]))
            && part.TextContent.Trim().Length - links.Sum(link => link.TextContent.Length) <= 20
            && part.QuerySelector("h2, h3, h4, h5, h6, img, svg, table, pre") is null;
    }

    private static bool IsNotebook(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>A link that leads nowhere from here is none.</summary>
    private static void Lead(IElement link, string? address)
    {
        if (address is not null)
            link.SetAttribute("href", address);
        else
            link.RemoveAttribute("href");
    }

    private string? AddressOf(string target)
    {
        string[] parts = target.Split('#', 2);
        if (!IsNotebook(parts[0]))
            return null;
        string name = Path.GetFileNameWithoutExtension(Uri.UnescapeDataString(parts[0].Replace('\\', '/').Split('/')[^1]));
        string? fragment = parts.Length > 1 ? parts[1] : null;
        if (_notebooks.TryGetValue(name, out NotebookContent? notebook))
            return _addressOf(notebook, fragment is null ? null : FindAnchor(notebook, fragment));
        // Its handout is made some other time.
        string page = Uri.EscapeDataString(name + ".html");
        return fragment is null ? page : page + ContentsList.LinkTo(ElementIds.NameOf(Uri.UnescapeDataString(fragment)));
    }

    /// <summary>The id that a fragment means. Editors make anchors from headings in ways of their own, letters in capitals included.</summary>
    private static string? FindAnchor(NotebookContent notebook, string fragment)
    {
        string wanted = Uri.UnescapeDataString(fragment);
        string name = ElementIds.NameOf(wanted);
        return notebook.TitleAnchor == wanted || notebook.TitleAnchor == name ? notebook.TitleAnchor
            : HasId(notebook, wanted) ? wanted
            : HasId(notebook, name) ? name
            : null;
    }

    private static bool HasId(NotebookContent notebook, string id) => notebook.Body.QuerySelectorAll("[id]").Any(element => element.Id == id);

    private static bool HasScheme(string target)
    {
        int colon = target.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && target.AsSpan(0, colon).IndexOfAny("/?#") < 0;
    }
}
