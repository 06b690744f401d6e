using System.Net;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>The packages that the notebook's cells have asked for: <c>#r "nuget: Id, version"</c>.</summary>
internal sealed partial class PackageReferences(CSharpSession session)
{
    private readonly Dictionary<string, string> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _sources = [];

    /// <summary>Brings in what a cell asks for, and shows which versions came.</summary>
    /// <param name="directives">The cell's directives for packages and package sources.</param>
    /// <param name="cancellationToken">Stops the restore.</param>
    /// <exception cref="CellFailedException">A package cannot be had.</exception>
    public void Add(IReadOnlyList<CellPart> directives, CancellationToken cancellationToken)
    {
        _sources.AddRange(directives.Where(directive => directive.Directive == CellParser.PackageSource).Select(directive => directive.Text));
        var wanted = new Dictionary<string, string>(_versions, StringComparer.OrdinalIgnoreCase);
        bool isNew = false;
        foreach (var directive in directives.Where(directive => directive.Directive == CellParser.Package))
            isNew |= TryAdd(wanted, directive.Text);
        if (!isNew)
            return;

        // All of them together, so that they agree on the versions of what they have in common.
        var restored = PackageRestore.Run(wanted, _sources, cancellationToken);
        session.AddAssemblies(restored.References, restored.Assemblies);
        NativeLibraries.Add(restored.NativeLibraries);
        string[] added = [.. wanted.Keys.Where(id => !_versions.ContainsKey(id))];
        foreach (string id in added)
            _versions.Add(id, restored.Versions.GetValueOrDefault(id, wanted[id]));
        string items = string.Concat(added.Select(id => $"<li><span>{WebUtility.HtmlEncode($"{id}, {_versions[id]}")}</span></li>"));
        // As .NET Interactive leaves it: the places of sources and of packages on their way are empty by then.
        $"<div><div></div><div></div><div><strong>Installed Packages</strong><ul>{items}</ul></div></div>".DisplayAs(HtmlFormatter.MimeType);
    }

    private static bool TryAdd(Dictionary<string, string> wanted, string directive)
    {
        if (PackageAndVersion().Match(directive) is not { Success: true } match)
            throw new CellFailedException($"'{directive}' names no package. Write #r \"nuget: Id, version\".");
        string id = match.Groups["id"].Value;
        string version = match.Groups["version"] is { Success: true } group ? group.Value : "*";
        if (!wanted.TryGetValue(id, out string? present))
        {
            wanted.Add(id, version);
            return true;
        }

        if (version != "*" && version != present)
            throw new CellFailedException($"{id} version {version} cannot be added because version {present} was added previously.");
        return false;
    }

    [GeneratedRegex(@"\A(?<id>[\w.-]+)\s*(,\s*(?<version>[^\s""<>&]+))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex PackageAndVersion();
}
