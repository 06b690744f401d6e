using System.Collections;
using System.Reflection;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Collections that hash, whose fields are others in a copy: their elements, their comparers, and whether they find what is in them.</summary>
internal static class HashedCollection
{
    private static readonly string[] Names =
    [
        "Dictionary`2", "OrderedDictionary`2", "ConcurrentDictionary`2", "ImmutableDictionary`2", "Hashtable",
        "HashSet`1", "ImmutableHashSet`1",
    ];

    public static bool Is(Type type) => Names.Contains(type.Name) || type.Name.Contains("Frozen", StringComparison.Ordinal);

    public static IEnumerable<GraphPart> PartsOf(IEnumerable collection)
    {
        foreach (string name in (string[])["Comparer", "KeyComparer", "ValueComparer", "EqualityComparer"])
        {
            if (collection.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is { } comparer)
            {
                yield return new GraphPart(name, comparer.GetValue(collection), true);
            }
        }

        if (collection is IDictionary dictionary)
        {
            Type key = KeyType(collection);
            foreach (object item in InOrder(collection, dictionary.Keys))
            {
                yield return GraphPart.Of($"key {OrderOf(item)}", item, key);
                yield return GraphPart.Fact($"finds {OrderOf(item)}", dictionary.Contains(item));
                yield return new GraphPart($"[{OrderOf(item)}]", dictionary[item], collection is not Dictionary<int, (string, object?)>);
            }
        }
        else
        {
            foreach (object item in InOrder(collection, collection))
            {
                yield return new GraphPart($"element {OrderOf(item)}", item, true);
                yield return GraphPart.Fact($"finds {OrderOf(item)}", Contains(collection, item));
            }
        }
    }

    /// <summary>A text that tells one key from another, and is the same for a key and its copy.</summary>
    public static string OrderOf(object key) => key switch
    {
        Array array => $"array {array.GetValue(0)}",
        Delegate { Target: { } target } => $"function {Array.Find(target.GetType().GetFields(), static f => f.FieldType == typeof(int))?.GetValue(target)}",
        _ => $"{key.GetType().Name} {key}",
    };

    private static Type KeyType(object collection) => collection.GetType() is { IsGenericType: true } type ? type.GetGenericArguments()[0] : typeof(object);

    /// <summary>In the collection's own order where it promises one.</summary>
    private static IEnumerable<object> InOrder(IEnumerable collection, IEnumerable items) =>
        collection.GetType().Name is "Dictionary`2" or "OrderedDictionary`2" or "HashSet`1"
            ? items.Cast<object>()
            : items.Cast<object>().OrderBy(OrderOf, StringComparer.Ordinal);

    private static bool Contains(IEnumerable set, object item) => set switch
    {
        IReadOnlySet<object> objects => objects.Contains(item),
        IReadOnlySet<string> texts => texts.Contains((string)item),
        _ => throw new NotSupportedException($"{set.GetType()}"),
    };
}
