namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>What a restore has brought.</summary>
/// <param name="References">Assemblies to compile against.</param>
/// <param name="Assemblies">Assemblies to load at run time.</param>
/// <param name="SatelliteAssemblies">Their texts in other languages, each in a folder that has the language's name.</param>
/// <param name="NativeLibraries">Native libraries for this machine.</param>
/// <param name="Versions">The version of each package, by its id.</param>
internal sealed record RestoredPackages(
    IReadOnlyList<string> References,
    IReadOnlyList<string> Assemblies,
    IReadOnlyList<string> SatelliteAssemblies,
    IReadOnlyList<string> NativeLibraries,
    IReadOnlyDictionary<string, string> Versions);
