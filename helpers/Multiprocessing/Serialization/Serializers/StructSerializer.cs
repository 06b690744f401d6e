using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A value type field by field.</summary>
internal sealed class StructSerializer(Type type) : Serializer
{
    private readonly FieldInfo[] _fields = FieldList.Of(type);

    /// <summary>In a box it is an object like any other: what it refers to may refer back to the box.</summary>
    public override bool HasBody => true;

    public override void WriteHead(GraphWriter writer, object value)
    {
    }

    public override object ReadHead(GraphReader reader, int id) => RuntimeHelpers.GetUninitializedObject(type);

    public override void WriteBody(GraphWriter writer, object value) => WriteInline(writer, value);

    public override void ReadBody(GraphReader reader, object value)
    {
        foreach (FieldInfo field in _fields)
        {
            reader.ReadField(value, field);
        }
    }

    public override void WriteInline(GraphWriter writer, object? value)
    {
        foreach (FieldInfo field in _fields)
        {
            writer.WriteField(value!, field);
        }
    }

    public override object ReadInline(GraphReader reader)
    {
        object box = RuntimeHelpers.GetUninitializedObject(type);
        ReadBody(reader, box);
        return box;
    }
}
