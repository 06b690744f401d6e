namespace Multiprocessing.Serialization.Assemblies;

/// <summary>How this process finds assemblies that another one means.</summary>
internal static class ProcessAssemblies
{
    private static IAssemblyResolver? s_resolver;

    /// <summary>Set by a worker before anything else; in every other program, what it has loaded.</summary>
    public static IAssemblyResolver Resolver
    {
        get => s_resolver ?? LoadedAssemblies.Instance;
        set => s_resolver = value;
    }
}
