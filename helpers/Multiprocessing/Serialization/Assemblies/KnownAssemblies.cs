using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>Which assemblies a worker has, or can ask for, without being sent them. Thread-safe.</summary>
internal static class KnownAssemblies
{
    /// <summary>Empty in a program that is one file, its runtime included.</summary>
    private static readonly string CoreFolder = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";

    /// <summary>The public key tokens that .NET's shared frameworks are signed with.</summary>
    private static readonly HashSet<string> Tokens =
        ["b03f5f7f11d50a3a", "b77a5c561934e089", "cc7b13ffcd2ddd51", "7cec85d7bea7798e", "31bf3856ad364e35", "adb9793829ddae60"];

    private static readonly ConditionalWeakTable<Assembly, object> Signed = [];

    /// <summary>By simple name, the path.</summary>
    private static readonly Lazy<Dictionary<string, string>> AtStartup = new(ReadAtStartup);

    /// <summary>Tells whether the assembly belongs to the framework that every worker runs on, so that its name is enough.</summary>
    public static bool IsCore(Assembly assembly) =>
        assembly == typeof(object).Assembly || (CoreFolder.Length > 0 ? IsInCoreFolder(assembly.Location) : IsBundled(assembly));

    /// <summary>Tells whether the framework that every worker runs on has an assembly of that simple name.</summary>
    public static bool IsCore(string name) => CoreFolder.Length > 0 ? File.Exists(Path.Combine(CoreFolder, name + ".dll")) : IsOfStartup(name);

    /// <summary>Tells whether the assembly is Microsoft's: its types may keep state that means nothing in another process.</summary>
    public static bool IsFramework(Assembly assembly) => (bool)Signed.GetValue(assembly, static a => Tokens.Contains(TokenOf(a)));

    /// <summary>
    /// Tells whether the assembly was loaded from where the host said, which gave it to this program at its start (the program's own and
    /// its packages'), beyond the framework. A worker asks for those that it needs, by name: a program may have hundreds.
    /// </summary>
    public static bool IsOfStartup(Assembly assembly) =>
        AtStartup.Value.TryGetValue(AssemblyNames.Of(assembly), out string? path)
        && (string.Equals(path, assembly.Location, StringComparison.Ordinal) || IsBundled(assembly));

    /// <summary>Tells whether the host gave this program an assembly of that simple name.</summary>
    public static bool IsOfStartup(string name) => AtStartup.Value.ContainsKey(name);

    /// <summary>Tells whether the assembly is part of a program that is one file: the host names a place for it, and the runtime knows of none. A worker runs the same file.</summary>
    private static bool IsBundled(Assembly assembly) =>
        assembly is { IsDynamic: false, Location.Length: 0 } && AppContext.GetData("BUNDLE_PROBE") is not null
        && AssemblyLoadContext.GetLoadContext(assembly) == AssemblyLoadContext.Default && IsOfStartup(AssemblyNames.Of(assembly));

    private static bool IsInCoreFolder(string path) => Path.GetDirectoryName(path.AsSpan()).SequenceEqual(CoreFolder);

    private static string TokenOf(Assembly assembly)
    {
        const string Label = "PublicKeyToken=";
        string full = assembly.FullName ?? "";
        int start = full.IndexOf(Label, StringComparison.Ordinal);
        return start < 0 ? "" : full[(start + Label.Length)..];
    }

    private static Dictionary<string, string> ReadAtStartup()
    {
        Dictionary<string, string> paths = new(StringComparer.OrdinalIgnoreCase);
        string trusted = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        foreach (string path in trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsInCoreFolder(path))
            {
                paths[Path.GetFileNameWithoutExtension(path)] = path;
            }
        }

        return paths;
    }
}
