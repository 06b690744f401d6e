using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A value type field by field. In a box it is an object like any other: what it refers to may refer back to the box.</summary>
internal class StructSerializer(Type type) : FieldsSerializer(type, FieldList.Of(type))
{
    public sealed override void WriteInline(GraphWriter writer, object? value) => WriteBody(writer, value!);

    public sealed override object ReadInline(GraphReader reader)
    {
        object box = ReadHead(reader);
        ReadBody(reader, box);
        return box;
    }
}
