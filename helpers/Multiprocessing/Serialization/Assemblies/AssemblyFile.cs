using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Multiprocessing.Hosting;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>The file that an assembly was loaded from, which may be rebuilt while this process goes on with what it has loaded. Thread-safe.</summary>
/// <remarks>
/// The runtime maps the file. A file that was replaced (renamed over, or deleted and written anew) stays in memory as it was. A file that was overwritten in
/// place, as <c>dotnet build</c> does on Unix, has changed in memory, too, under code that is already compiled; if it has become shorter, a read of the rest ends
/// the process. The version of a module is noted when it is loaded, from this process's first use of a worker on; for earlier ones a host may have noted it.
/// </remarks>
internal sealed class AssemblyFile(Assembly assembly)
{
    /// <summary>Where a notebook's kernel puts, in <see cref="AppContext"/>, the versions of the modules that it has seen being loaded, by path.</summary>
    public const string NotedModules = "Multiprocessing.LoadedModules";

    private readonly string _path = assembly.Location;
    private readonly Lock _gate = new();
    private (DateTime Written, long Length)? _seen;
    private bool _isSame;
    private bool _isInMemory;
    private int _told;

    /// <summary>The version of the module, as it was loaded.</summary>
    public Guid Module { get; } =
        AppContext.GetData(NotedModules) is IReadOnlyDictionary<string, Guid> noted && noted.TryGetValue(assembly.Location, out Guid module)
            ? module
            : assembly.ManifestModule.ModuleVersionId;

    /// <summary>The path, if the file still is what was loaded; empty if that has to come from memory.</summary>
    /// <param name="notebook">Whose reader is told, once, that it is not.</param>
    /// <exception cref="NotShippableException">It is neither there nor here.</exception>
    public string FindPath(INotebookHost notebook)
    {
        lock (_gate)
        {
            if (Stamp() is var now && now != _seen)
            {
                _isSame = ReadModule() == Module;
                _isInMemory = !_isSame && IsInMemory();
                _seen = now;
            }

            if (_isSame)
            {
                return _path;
            }

            if (!_isInMemory)
            {
                throw new NotShippableException(
                    $"Assembly '{AssemblyNames.Of(assembly)}' was changed on disk after this program had loaded it, and what the program runs cannot be sent to another process: "
                    + $"restart the program (or the notebook's kernel). File: '{_path}'.");
            }
        }

        // Once, and outside the lock: the console may be a writer of the user's own.
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            notebook.TellOfRebuilt(Path.GetFileName(_path));
        }

        return "";
    }

    private (DateTime, long) Stamp()
    {
        FileInfo file = new(_path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private Guid? ReadModule()
    {
        try
        {
            using PEReader file = new(File.OpenRead(_path));
            MetadataReader metadata = file.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            // It is gone, or is just being written.
            return null;
        }
    }

    private bool IsInMemory() =>
        !MappedFiles.Contains(_path) && assembly.ManifestModule.ModuleVersionId == Module && AssemblyImage.IsInMemory(assembly);
}
