using System.Reflection;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers.Collections;

/// <summary>
/// A collection that hashes its elements. Hash codes of strings, types and most objects differ from process to process, so it cannot be
/// copied field by field: its elements are sent, and added anew.
/// </summary>
/// <param name="type">The type of the object: <paramref name="collectionType"/> or one derived from it, whose own fields go too.</param>
/// <param name="collectionType">The collection.</param>
internal abstract class CollectionSerializer(Type type, Type collectionType) : FieldsSerializer(type, FieldList.Below(type, collectionType))
{
    public override void WriteBody(GraphWriter writer, object value)
    {
        base.WriteBody(writer, value);
        WriteElements(writer, value);
    }

    public override void ReadBody(GraphReader reader, object value)
    {
        base.ReadBody(reader, value);
        ReadElements(reader, value);
    }

    protected abstract void WriteElements(GraphWriter writer, object value);

    /// <summary>Reads the elements and has the collection filled when they are whole.</summary>
    protected abstract void ReadElements(GraphReader reader, object value);

    /// <summary>Makes one collection, built the usual way, the contents of another that was allocated before its elements were known.</summary>
    internal static void Transplant(object from, object to)
    {
        if (!from.GetType().IsInstanceOfType(to))
        {
            throw new InvalidDataException($"{to.GetType()} was rebuilt as {from.GetType()}.");
        }

        foreach (FieldInfo field in FieldList.Of(from.GetType()))
        {
            field.SetValue(to, field.GetValue(from));
        }
    }
}
