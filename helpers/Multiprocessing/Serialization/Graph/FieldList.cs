using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multiprocessing.Serialization.Graph;

/// <summary>The instance fields of a type. Thread-safe.</summary>
internal static class FieldList
{
    private static readonly ConditionalWeakTable<Type, FieldInfo[]> Cache = [];

    /// <summary>All instance fields, the base types' first, private ones included.</summary>
    public static FieldInfo[] Of(Type type) => Cache.GetValue(type, static t => Read(t, null));

    /// <summary>The instance fields that the type adds to those of <paramref name="ancestor"/>.</summary>
    public static FieldInfo[] Below(Type type, Type ancestor) => type == ancestor ? [] : Read(type, ancestor);

    // Plain loops: a worker reads its first types before it has loaded LINQ.
    private static FieldInfo[] Read(Type type, Type? ancestor)
    {
        List<FieldInfo> fields = [];
        for (Type? level = type; level is not null && level != ancestor; level = level.BaseType)
        {
            fields.InsertRange(0, level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        }

        return [.. fields];
    }
}
