using System.Collections;
using System.Collections.Concurrent;

namespace NotebookRunner.Kernels.Embedded.Values;

/// <summary>The collections that can be walked through without running anybody's code but .NET's own, and without making a copy.</summary>
internal static class KnownCollections
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    // These make a copy of all that is in them; the first one asks a collection of anybody's making for it.
    private static readonly Type[] Copied = [typeof(BlockingCollection<>), typeof(ConcurrentBag<>)];

    /// <summary>The elements; null where they cannot be had.</summary>
    public static IEnumerable? TryGetElements(object value) =>
        value is IEnumerable elements && (value is Array || (IsKnown(value.GetType()) && !Copied.Contains(Definition(value.GetType())))) ? elements : null;

    /// <summary>How many elements there are; null where nobody knows.</summary>
    public static int? TryCount(object? value)
    {
        try
        {
            return value switch
            {
                null => null,
                string text => text.Length,
                Array array => array.Length,
                _ when !IsKnown(value.GetType()) => null,
                ICollection collection => collection.Count,
                _ => value.GetType().GetProperty("Count")?.GetValue(value) as int?,
            };
        }
#pragma warning disable CA1031 // An ImmutableArray without an array; or what another thread is just at.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static bool IsKnown(Type type) =>
        type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true
        && type.Namespace != "System.Collections.ObjectModel" // these are around a collection of anybody's making
        && Path.GetDirectoryName(type.Assembly.Location) == Framework;

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
