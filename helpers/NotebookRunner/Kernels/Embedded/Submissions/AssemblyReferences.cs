using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>What the compiler knows of assemblies. Each is read once: anew for each cell, they would take megabytes of memory a cell that never come back. Thread-safe.</summary>
internal static class AssemblyReferences
{
    private static readonly ConcurrentDictionary<(string Path, MetadataReferenceProperties Properties), (DateTime Written, PortableExecutableReference Reference)> Known = [];
    private static readonly ConcurrentDictionary<string, bool> Loaded = [];

    private static readonly Lazy<ImmutableArray<MetadataReference>> Common = new(() =>
    [
        .. ProcessAssemblies.OfFramework
            .Concat([typeof(Kernel).Assembly.Location, typeof(PocketView).Assembly.Location])
            .Select(path => Of(path)),
    ]);

    /// <summary>What all cells see: all of .NET, and what a kernel offers.</summary>
    public static ImmutableArray<MetadataReference> OfCells => Common.Value;

    /// <summary>What there is to know of a file; of one that has been loaded, what it was then.</summary>
    public static PortableExecutableReference Of(string path, MetadataReferenceProperties? properties = null)
    {
        var key = (Path: path, Properties: properties ?? MetadataReferenceProperties.Assembly);
        var written = File.GetLastWriteTimeUtc(path);
        return Known.AddOrUpdate(key, _ => Read(), (_, known) => known.Written == written || Loaded.ContainsKey(path) ? known : Read()).Reference;

        (DateTime, PortableExecutableReference) Read() => (written, MetadataReference.CreateFromFile(path, key.Properties));
    }

    /// <summary>Takes note that a file is in use: should it be built anew, cells are still compiled against the one that runs.</summary>
    public static void Keep(string path) => Loaded.TryAdd(path, true);
}
