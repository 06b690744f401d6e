using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Multiprocessing.Tests.Architecture;

/// <summary>
/// Where a layer uses one that it must not: read from the built assembly, its method bodies, lambdas, generic arguments and attributes included. Not seen are a type that is named in a <c>catch</c> and
/// nowhere else, the parameters of a function pointer, and <c>nameof</c> and constants, which the compiler leaves nothing of.
/// </summary>
internal static class UpwardUses
{
    /// <returns>Each as "user -> used"; sorted.</returns>
    public static IReadOnlyList<string> Find(Assembly assembly, Layers layers) =>
    [
        .. from type in Load(assembly)
           let layer = layers.Find(type.Namespace.FullName)
           where layer is not null
           from used in type.Dependencies.Select(static dependency => dependency.Target).Distinct()
           where used is not GenericParameter
           let usedLayer = layers.Find(used.Namespace.FullName)
           where usedLayer is not null && !layers.MayUse(layer, usedLayer, used.FullName)
           let use = $"{type.FullName} -> {used.FullName}"
           orderby use
           select use,
    ];

    /// <returns>The namespaces that belong to the library and to no layer.</returns>
    public static IReadOnlyList<string> FindStrays(Assembly assembly, Layers layers) =>
        [.. Load(assembly).Select(static type => type.Namespace.FullName).Distinct().Where(name => layers.Find(name) is { } layer && !Layers.IsKnown(layer))];

    private static IEnumerable<IType> Load(Assembly assembly) => new ArchLoader().LoadAssembly(assembly).Build().Types;
}
