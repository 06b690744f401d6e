using System.Collections.Concurrent;
using System.Reflection;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>
/// The texts of packages in other languages. Where they lie beside the assembly, the runtime finds them; but a package may have each language in a package of its own, which a program copies beside
/// it, and a notebook does not.
/// </summary>
internal static class SatelliteAssemblies
{
    // By the language's folder and the assembly's name: ko/Some.Package.resources.
    private static readonly ConcurrentDictionary<string, string> Paths = new(StringComparer.OrdinalIgnoreCase);
    private static int s_prepared;

    /// <summary>Makes them known to every assembly, loaded or yet to be.</summary>
    public static void Add(IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
            Paths[$"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileNameWithoutExtension(path)}"] = path;
        if (paths.Count > 0 && Interlocked.Exchange(ref s_prepared, 1) == 0)
            LoadContexts.Prepare(context => context.Resolving += (asked, name) => Find(name) is { } path ? asked.LoadFromAssemblyPath(path) : null);
    }

    private static string? Find(AssemblyName name) => string.IsNullOrEmpty(name.CultureName) ? null : Paths.GetValueOrDefault($"{name.CultureName}/{name.Name}");
}
