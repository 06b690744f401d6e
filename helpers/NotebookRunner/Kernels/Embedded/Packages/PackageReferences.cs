using System.Text.RegularExpressions;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>The packages that the notebook's cells have asked for: <c>#r "nuget: Id, version"</c>.</summary>
internal sealed partial class PackageReferences(CSharpSession session)
{
    private const string AnyVersion = "*";

    private readonly Dictionary<string, string> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _dependencies = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _sources = [];

    /// <summary>Brings in what a cell asks for, and shows which versions came.</summary>
    /// <param name="directives">The cell's directives for packages and package sources.</param>
    /// <param name="cancellationToken">Stops the restore.</param>
    /// <exception cref="CellFailedException">A package cannot be had.</exception>
    public void Add(IReadOnlyList<CellPart> directives, CancellationToken cancellationToken)
    {
        _sources.AddRange(directives.Where(directive => directive.Directive == CellParser.PackageSource).Select(directive => directive.Text));
        var wanted = new Dictionary<string, string>(_versions, StringComparer.OrdinalIgnoreCase);
        var shown = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var directive in directives.Where(directive => directive.Directive == CellParser.Package))
            shown.Add(Want(directive.Text, wanted));
        if (shown.Count == 0)
            return;

        var message = InstallationMessage.Begin(_sources, shown);
        var came = new List<string>();
        try
        {
            if (wanted.Keys.Any(id => !_versions.ContainsKey(id)))
                Restore(wanted, cancellationToken);
            came.AddRange(shown.Select(id => $"{id}, {_versions[id]}"));
        }
        finally
        {
            message.End(came);
        }
    }

    // All of them together, so that they agree on the versions of what they have in common.
    private void Restore(Dictionary<string, string> wanted, CancellationToken cancellationToken)
    {
        var restored = PackageRestore.Run(wanted, _sources, cancellationToken);
        session.AddAssemblies(restored.References, restored.Assemblies);
        SatelliteAssemblies.Add(restored.SatelliteAssemblies);
        NativeLibraries.Add(restored.NativeLibraries);
        foreach (var (id, version) in wanted)
            _versions.TryAdd(id, restored.Versions.GetValueOrDefault(id, version));
        foreach (var (id, version) in restored.Versions)
            _dependencies[id] = version;
    }

    /// <returns>What .NET Interactive calls the package: as it was first asked for, or in lower case what had come with another one.</returns>
    private string Want(string directive, Dictionary<string, string> wanted)
    {
        if (PackageAndVersion().Match(directive) is not { Success: true } match)
            throw new CellFailedException($"'{directive}' names no package. Write #r \"nuget: Id, version\".");
        string id = match.Groups["id"].Value;
        string asked = match.Groups["version"] is { Success: true } group ? group.Value.Trim() : AnyVersion;
        var version = WantedVersion.TryParse(asked)
            ?? throw new CellFailedException($"'{asked}' is no version of {id}. Write #r \"nuget: {id}, 1.2.3\", or 1.* or [1.2,2) for the newest one of these, or no version for the newest of all.");
        string? present = wanted.GetValueOrDefault(id) ?? _dependencies.GetValueOrDefault(id);
        if (present is not null && asked != AnyVersion && !version.Includes(present))
            throw new CellFailedException($"{id} version {asked} cannot be added because version {present} was added previously.");
        if (!wanted.ContainsKey(id))
        {
            id = present is null ? id : id.ToLowerInvariant();
            wanted.Add(id, present ?? version.Text);
        }

        return wanted.Keys.First(key => key.Equals(id, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\A(?<id>[\w.-]+)\s*(,(?<version>.*))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex PackageAndVersion();
}
