using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace Multiprocessing.Tests.Architecture;

/// <summary>
/// Where a layer uses one that it must not: read from the built assembly, its method bodies, lambdas, generic arguments, attributes and <c>catch</c> clauses included. Not seen are the parameters of a
/// function pointer, and <c>nameof</c> and constants, which the compiler leaves nothing of.
/// </summary>
internal static class UpwardUses
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <returns>Each as "user -> used"; sorted.</returns>
    public static IReadOnlyList<string> Find(Assembly assembly, Layers layers) =>
    [
        .. from pair in Dependencies(assembly).Concat(Caught(assembly)).Distinct()
           let layer = layers.Find(pair.User.Namespace)
           where layer is not null
           let usedLayer = layers.Find(pair.Used.Namespace)
           where usedLayer is not null && !layers.MayUse(layer, usedLayer, pair.Used.Name)
           let use = $"{pair.User.Name} -> {pair.Used.Name}"
           orderby use
           select use,
    ];

    /// <returns>The namespaces that belong to the library and to no layer.</returns>
    public static IReadOnlyList<string> FindStrays(Assembly assembly, Layers layers) =>
        [.. Load(assembly).Select(static type => type.Namespace.FullName).Distinct().Where(name => layers.Find(name) is { } layer && !Layers.IsKnown(layer))];

    private static IEnumerable<(NamedType User, NamedType Used)> Dependencies(Assembly assembly) =>
        from type in Load(assembly)
        from used in type.Dependencies.Select(static dependency => dependency.Target)
        where used is not GenericParameter
        select (NamedType.Of(type), NamedType.Of(used));

    /// <summary>What is caught is named in a table beside the code, which the library that finds everything else does not read.</summary>
    private static IEnumerable<(NamedType User, NamedType Used)> Caught(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in ((IEnumerable<MethodBase>)type.GetMethods(Declared)).Concat(type.GetConstructors(Declared))
        from clause in method.GetMethodBody()?.ExceptionHandlingClauses ?? []
        where clause.Flags == ExceptionHandlingClauseOptions.Clause && clause.CatchType is { IsGenericParameter: false }
        select (NamedType.Of(Written(type)), NamedType.Of(clause.CatchType!));

    /// <summary>The type in whose source it stands: lambdas, iterators and async methods are classes of the compiler's in it.</summary>
    private static Type Written(Type type) => type.Name.StartsWith('<') && type.DeclaringType is { } outer ? Written(outer) : type;

    private static IEnumerable<IType> Load(Assembly assembly) => new ArchLoader().LoadAssembly(assembly).Build().Types;

    private readonly record struct NamedType(string Namespace, string Name)
    {
        // What stands in none, as some of the compiler's types, has none here.
        public static NamedType Of(IType type) => new(type.Namespace?.FullName ?? "", type.FullName);

        public static NamedType Of(Type type) => new(type.Namespace ?? "", (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!);
    }
}
