using System.Net;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>
/// What a cell that asks for packages shows, while they are being restored and after it: the same markup as that of .NET Interactive, empty parts included, since it is stored with the
/// notebook and compared.
/// </summary>
internal sealed class InstallationMessage
{
    private readonly string _sources;
    private readonly DisplayedValue _place;

    private InstallationMessage(string sources, DisplayedValue place)
    {
        _sources = sources;
        _place = place;
    }

    /// <summary>Shows what is being restored.</summary>
    public static InstallationMessage Begin(IEnumerable<string> sources, IEnumerable<string> packages)
    {
        string sourceList = List("Restore sources", sources);
        return new(sourceList, Parts(sourceList, List("Installing Packages", packages), List("Installed Packages", [])).DisplayAs(HtmlFormatter.MimeType));
    }

    /// <summary>Shows in the same place what has come: nothing, if the restore failed.</summary>
    public void End(IEnumerable<string> packages)
    {
        string html = Parts(_sources, List("Installing Packages", []), List("Installed Packages", packages));
        _place.Update(new Microsoft.AspNetCore.Html.HtmlString(html));
    }

    private static string Parts(params string[] parts) => $"<div>{string.Concat(parts)}</div>";

    private static string List(string heading, IEnumerable<string> items)
    {
        string list = string.Concat(items.Order(StringComparer.CurrentCulture).Select(item => $"<li><span>{WebUtility.HtmlEncode(item)}</span></li>"));
        return list.Length == 0 ? "<div></div>" : $"<div><strong>{heading}</strong><ul>{list}</ul></div>";
    }
}
