using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Notebooks.Kernel;

/// <summary>Whether cells have been compiled in this process, looked for and watched from the first question on. Thread-safe.</summary>
internal sealed class CellAssemblies
{
    private volatile bool _areThere;

    public CellAssemblies()
    {
        // A host that compiles cells is there as soon as there is a cell's assembly.
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => _areThere |= GeneratedNames.IsCellAssembly(loaded.LoadedAssembly);
        _areThere |= AppDomain.CurrentDomain.GetAssemblies().Any(GeneratedNames.IsCellAssembly);
    }

    /// <summary>Whether there is one.</summary>
    public bool AreThere => _areThere;
}
