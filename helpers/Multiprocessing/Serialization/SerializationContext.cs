using Multiprocessing.Hosting;
using Multiprocessing.Memory;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Serialization;

/// <summary>What packing and rebuilding need of the process in which they happen. Thread-safe.</summary>
/// <param name="notebook">The notebook that the process runs.</param>
internal class SerializationContext(INotebookHost notebook)
{
    private IAssemblyResolver? _resolver;

    /// <summary>The notebook that the process runs, or none.</summary>
    public INotebookHost Notebook => notebook;

    /// <summary>Where shared objects are.</summary>
    public SharedMemory Memory { get; } = new();

    /// <summary>What the process has loaded.</summary>
    public LoadedAssemblies Loaded { get; } = new();

    /// <summary>Finds assemblies that another process means: what the process has loaded, unless it is a worker, which sets this before anything else.</summary>
    public IAssemblyResolver Resolver
    {
        get => _resolver ?? Loaded;
        set => _resolver = value;
    }
}
