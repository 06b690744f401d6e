using System.Reflection;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>
/// The assemblies that the host gave this program at its start (its own and its packages'), beyond the framework that a worker has anyway.
/// A worker asks for those that it needs, by name: a program may have hundreds.
/// </summary>
internal static class StartupAssemblies
{
    private static readonly Lazy<Dictionary<string, string>> ByName = new(Read);

    /// <summary>Tells whether the assembly was loaded from where the host said.</summary>
    public static bool Contains(Assembly assembly) =>
        ByName.Value.TryGetValue(AssemblyNames.Of(assembly), out string? path)
        && string.Equals(path, assembly.Location, StringComparison.Ordinal);

    /// <summary>Tells whether the host gave this program an assembly of that simple name.</summary>
    public static bool Contains(string name) => ByName.Value.ContainsKey(name);

    private static Dictionary<string, string> Read()
    {
        Dictionary<string, string> paths = new(StringComparer.OrdinalIgnoreCase);
        string core = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";
        string trusted = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        foreach (string path in trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Path.GetDirectoryName(path.AsSpan()).SequenceEqual(core))
            {
                paths[Path.GetFileNameWithoutExtension(path)] = path;
            }
        }

        return paths;
    }
}
