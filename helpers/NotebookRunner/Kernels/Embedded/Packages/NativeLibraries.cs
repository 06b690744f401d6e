using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace NotebookRunner.Kernels.Embedded.Packages;

/// <summary>Native libraries of packages, which lie where the runtime does not look.</summary>
internal static class NativeLibraries
{
    private static readonly ConcurrentDictionary<string, string> Paths = new(StringComparer.OrdinalIgnoreCase);
    private static int s_prepared;

    /// <summary>Makes libraries known to every assembly, loaded or yet to be.</summary>
    public static void Add(IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
            Paths[Path.GetFileNameWithoutExtension(path)] = path;
        if (paths.Count > 0 && Interlocked.Exchange(ref s_prepared, 1) == 0)
            LoadContexts.Prepare(context => context.ResolvingUnmanagedDll += (_, name) => Find(name) is { } path ? NativeLibrary.Load(path) : 0);
    }

    // By the name as the import has it, or with the prefix that Unix libraries have.
    private static string? Find(string name)
    {
        string bare = Path.GetExtension(name).ToUpperInvariant() is ".DLL" or ".SO" or ".DYLIB" ? Path.GetFileNameWithoutExtension(name) : name;
        return Paths.GetValueOrDefault(bare) ?? Paths.GetValueOrDefault("lib" + bare);
    }
}
