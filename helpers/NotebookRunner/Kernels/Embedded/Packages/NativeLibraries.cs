using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>Native libraries of packages, which lie where the runtime does not look.</summary>
internal static class NativeLibraries
{
    private static readonly ConcurrentDictionary<string, string> Paths = new(StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<AssemblyLoadContext> Contexts = [];

    /// <summary>Makes libraries known to every assembly, loaded or yet to be.</summary>
    public static void Add(IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
            Paths[Path.GetFileNameWithoutExtension(path)] = path;
        if (paths.Count == 0 || Contexts.Count > 0)
            return;
        // Cells and what they reference are loaded into contexts of the scripting engine's making.
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => Watch(AssemblyLoadContext.GetLoadContext(loaded.LoadedAssembly));
        foreach (var context in AssemblyLoadContext.All)
            Watch(context);
    }

    private static void Watch(AssemblyLoadContext? context)
    {
        if (context is null)
            return;
        lock (Contexts)
        {
            if (Contexts.Add(context))
                context.ResolvingUnmanagedDll += (_, name) => Find(name) is { } path ? NativeLibrary.Load(path) : 0;
        }
    }

    // By the name as the import has it, or with the prefix that Unix libraries have.
    private static string? Find(string name)
    {
        string bare = Path.GetExtension(name).ToUpperInvariant() is ".DLL" or ".SO" or ".DYLIB" ? Path.GetFileNameWithoutExtension(name) : name;
        return Paths.GetValueOrDefault(bare) ?? Paths.GetValueOrDefault("lib" + bare);
    }
}
