using System.Reflection;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>Finds the assembly that the other process means.</summary>
internal interface IAssemblyResolver
{
    /// <summary>The same assembly in this process.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="FileLoadException">There is one of that name, but it is not the same.</exception>
    Assembly Resolve(AssemblyIdentity identity);

    /// <summary>Takes note of an assembly that the other process has sent.</summary>
    void Add(AssemblyFrame assembly);
}
