using System.Globalization;
using System.Text;

namespace NotebookRunner.Handouts;

/// <summary>Gives each heading of a page an id that says what it leads to and stays the same as long as the heading does.</summary>
internal sealed class AnchorNames
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Letters of all scripts, digits and hyphens, as code hosts make them; a repeated heading gets a number.</summary>
    internal string Add(string heading)
    {
        var name = new StringBuilder();
        foreach (char c in heading.Normalize().ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c == '_')
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        string stem = name.ToString().Trim('-') is { Length: > 0 } text ? text : "section";
        string id = stem;
        for (int i = 2; !_used.Add(id); i++)
            id = string.Create(CultureInfo.InvariantCulture, $"{stem}-{i}");
        return id;
    }
}
