namespace Multiprocessing.Shipping.Assemblies;

/// <summary>Finds the assemblies that the other process means, and learns of more of them.</summary>
internal interface IAssemblyStore : IAssemblyResolver
{
    /// <summary>Takes note of an assembly that is about to be needed.</summary>
    void Add(AssemblyFrame assembly);
}
