using System.Reflection;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers.Collections;

/// <summary>
/// A walk (an enumerator) through a collection that hashes. It goes as long as it has not begun: after that it stands at a place in the table, and the
/// table is another in the worker.
/// </summary>
internal sealed class EnumeratorSerializer : StructSerializer
{
    private const string Advice = "a foreach over it has begun, and its elements lie in another order there. Walk through its ToList() instead.";

    private readonly Type _type;
    private readonly FieldInfo[] _places;

    private EnumeratorSerializer(Type type, FieldInfo[] places)
        : base(type)
    {
        _type = type;
        _places = places;
    }

    /// <summary>The serializer for such a walk, or null for any other type.</summary>
    public static Serializer? TrySelect(Type type)
    {
        bool mayBe = type.Namespace switch
        {
            "System.Collections" => type.Name == "HashtableEnumerator",
            "System.Collections.Generic" => type.Name is "Enumerator" && type.DeclaringType is { } outer && LeadsToTable(outer),
            "System.Linq" => true,
            _ => false,
        };
        if (!mayBe)
        {
            return null;
        }

        FieldInfo[] places = Array.FindAll(FieldList.Of(type), type.Namespace == "System.Linq" ? IsGroup : static field => IsTable(field.FieldType));
        return places.Length > 0 && type.Name is not "Lookup`2" and not "Grouping`2" ? new EnumeratorSerializer(type, places) : null;
    }

    public override void WriteBody(GraphWriter writer, object value)
    {
        if (Array.Exists(_places, place => place.GetValue(value) is not null))
        {
            throw writer.Refuse(_type, Advice);
        }

        base.WriteBody(writer, value);
    }

    private static bool LeadsToTable(Type type) => IsTable(type) || (type.DeclaringType is { } outer && LeadsToTable(outer));

    private static bool IsTable(Type type) => TypeNames.Of(type) is
        "System.Collections.Generic.Dictionary`2" or "System.Collections.Generic.HashSet`1" or "System.Collections.Generic.OrderedDictionary`2"
        or "System.Collections.Hashtable";

    /// <summary>A walk through groups holds the group where it stands; before it begins, none.</summary>
    private static bool IsGroup(FieldInfo field) => TypeNames.Of(field.FieldType) == "System.Linq.Grouping`2";
}
