using System.Collections.Concurrent;
using System.Reflection;

namespace Multiprocessing.Shipping.Graph;

/// <summary>The instance fields of a type. Thread-safe.</summary>
internal static class FieldList
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Cache = new();

    /// <summary>All instance fields, the base types' first, private ones included.</summary>
    public static FieldInfo[] Of(Type type) => Cache.GetOrAdd(type, static t => Read(t, null));

    /// <summary>The instance fields that the type adds to those of <paramref name="ancestor"/>.</summary>
    public static FieldInfo[] Below(Type type, Type ancestor) => type == ancestor ? [] : Read(type, ancestor);

    private static FieldInfo[] Read(Type type, Type? ancestor)
    {
        Stack<FieldInfo[]> levels = [];
        for (Type? level = type; level is not null && level != ancestor; level = level.BaseType)
        {
            levels.Push(level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        }

        return [.. levels.SelectMany(static fields => fields)];
    }
}
