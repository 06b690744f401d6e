using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using NotebookRunner.Documents;
using NotebookRunner.Kernels.Embedded.Submissions;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// DLLs that were built anew after the notebook's code had loaded them. The compiler reads the new one, while the code that is loaded stays what it was until the kernel is restarted: whoever names
/// such a DLL again should know. Thread-safe.
/// </summary>
internal sealed class RebuiltAssemblies
{
    // What is in memory does not tell later: a file that is overwritten in place takes the memory of this process with it.
    private readonly ConcurrentDictionary<string, Guid> _loaded = new(FileNames.Comparer);

    /// <summary>Where Multiprocessing looks, in <see cref="AppContext"/>: it is not there yet when the first DLLs are loaded, and must not give a worker what was rebuilt since.</summary>
    private const string NotedModules = "Multiprocessing.LoadedModules";

    private readonly ShadowCopies? _copies;

    /// <summary>Begins to take note of what is loaded from files. Once in a process, before its first cell.</summary>
    /// <param name="copies">Where files are loaded from copies, what these are copies of.</param>
    public RebuiltAssemblies(ShadowCopies? copies = null)
    {
        _copies = copies;
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => Note(loaded.LoadedAssembly);
        AppContext.SetData(NotedModules, _loaded);
    }

    /// <summary>Takes note of an assembly that was loaded, wherever its code is now.</summary>
    /// <param name="path">The file that it has come from.</param>
    /// <param name="module">The version of its module.</param>
    public void Note(string path, Guid module) => _loaded.TryAdd(Path.GetFullPath(path), module);

    /// <summary>Looks for such DLLs.</summary>
    /// <param name="references">What a cell names in its <c>#r</c> lines.</param>
    /// <returns>A line for each.</returns>
    public IReadOnlyList<string> Describe(IEnumerable<MetadataReference> references) =>
    [
        .. references.OfType<PortableExecutableReference>()
            .Select(reference => reference.FilePath)
            .OfType<string>()
            .Distinct()
            .Where(IsRebuilt)
            .Select(path => $"{Path.GetFileName(path)} was rebuilt after this notebook had loaded it: what runs is the one that was loaded. Restart the kernel to run the new one."),
    ];

    private void Note(Assembly assembly)
    {
        if (assembly.IsDynamic || assembly.Location.Length == 0)
            return;
        Note(assembly.Location, assembly.ManifestModule.ModuleVersionId);
        if (_copies?.FindOriginal(assembly.Location) is { } original)
            Note(original, assembly.ManifestModule.ModuleVersionId);
    }

    private bool IsRebuilt(string path) => _loaded.TryGetValue(Path.GetFullPath(path), out Guid loaded) && ReadModule(path) is { } now && now != loaded;

    private static Guid? ReadModule(string path)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            MetadataReader metadata = file.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            // The compiler says what is wrong with it.
            return null;
        }
    }
}
