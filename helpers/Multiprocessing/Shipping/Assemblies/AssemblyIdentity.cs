namespace Multiprocessing.Shipping.Assemblies;

/// <summary>What identifies an assembly to the other process.</summary>
/// <param name="Name">The simple name. A cell's assembly has one that is no file name.</param>
/// <param name="Mvid">The version of its only module: metadata tokens mean the same on both sides only if this is the same.</param>
/// <param name="Location">The path it was loaded from, or empty for one that was loaded from memory.</param>
internal readonly record struct AssemblyIdentity(string Name, Guid Mvid, string Location);
