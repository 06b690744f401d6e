using System.Collections;
using System.Reflection;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers.Collections;

/// <summary>
/// An enumerator of .NET's over a collection that hashes. It goes as long as it has not begun: after that it stands at a place in the table, and the
/// table is another in the worker.
/// </summary>
/// <param name="type">Its type.</param>
/// <param name="places">The fields that say where it stands; empty before it begins.</param>
internal sealed class EnumeratorSerializer(Type type, FieldInfo[] places) : StructSerializer(type)
{
    /// <summary>The serializer for such an enumerator; null for any other type.</summary>
    public static Serializer? TrySelect(Type type)
    {
        // LINQ makes the tables that it walks through, and keeps of them the group that it is at.
        Predicate<FieldInfo>? isPlace = type.Namespace switch
        {
            "System.Linq" => static field => TypeNames.Of(field.FieldType) == "System.Linq.Grouping`2",
            "System.Collections" or "System.Collections.Generic" => static field => IsTable(field.FieldType),
            _ => null,
        };
        if (isPlace is null || !typeof(IEnumerator).IsAssignableFrom(type))
        {
            return null;
        }

        FieldInfo[] places = Array.FindAll(FieldList.Of(type), isPlace);
        return places.Length > 0 ? new EnumeratorSerializer(type, places) : null;
    }

    public override void WriteBody(GraphWriter writer, object value)
    {
        if (Array.Exists(places, place => place.GetValue(value) is not null))
        {
            throw writer.Refuse(
                value.GetType(),
                "a foreach over it has begun, and its elements lie in another order there. Walk through its ToList() instead.");
        }

        base.WriteBody(writer, value);
    }

    private static bool IsTable(Type type) => TypeNames.Of(type) is
        "System.Collections.Generic.Dictionary`2" or "System.Collections.Generic.HashSet`1" or "System.Collections.Generic.OrderedDictionary`2"
        or "System.Collections.Hashtable";
}
