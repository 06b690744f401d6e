using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers.Collections;

/// <summary>
/// A collection that hashes its elements. Hash codes of strings, types and most objects differ from process to process, so it cannot be
/// copied field by field: its elements are sent, and added anew.
/// </summary>
/// <param name="type">The type of the object: <paramref name="collectionType"/> or one derived from it, whose own fields go too.</param>
/// <param name="collectionType">The collection.</param>
internal abstract class CollectionSerializer(Type type, Type collectionType) : Serializer
{
    private readonly FieldInfo[] _derivedFields = FieldList.Below(type, collectionType);

    public override bool HasBody => true;

    public override void WriteHead(GraphWriter writer, object value)
    {
    }

    public override object ReadHead(GraphReader reader, int id) => RuntimeHelpers.GetUninitializedObject(type);

    public override void WriteBody(GraphWriter writer, object value)
    {
        foreach (FieldInfo field in _derivedFields)
        {
            writer.WriteField(value, field);
        }

        WriteElements(writer, value);
    }

    public override void ReadBody(GraphReader reader, object value)
    {
        foreach (FieldInfo field in _derivedFields)
        {
            reader.ReadField(value, field);
        }

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
