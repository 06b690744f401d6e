using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Notebooks.Kernel;

/// <summary>Whether cells have been compiled in this process, looked for and watched from the first question on. Thread-safe.</summary>
internal static class CellAssemblies
{
    private static volatile bool s_areThere;

    static CellAssemblies()
    {
        // A host that compiles cells is there as soon as there is a cell's assembly.
        AppDomain.CurrentDomain.AssemblyLoad += static (_, loaded) => s_areThere |= GeneratedNames.IsCellAssembly(loaded.LoadedAssembly);
        s_areThere |= AppDomain.CurrentDomain.GetAssemblies().Any(GeneratedNames.IsCellAssembly);
    }

    /// <summary>Whether there is one.</summary>
    public static bool AreThere => s_areThere;
}
