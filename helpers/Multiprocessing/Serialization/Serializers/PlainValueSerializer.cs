using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>Values that are nothing but bits: numbers, enums, DateTime, Guid, structs of such.</summary>
internal sealed class PlainValueSerializer(Type type) : Serializer
{
    private readonly int _size = RuntimeHelpers.SizeOf(type.TypeHandle);

    public override void WriteHead(GraphWriter writer, object value) => WriteInline(writer, value);

    public override object ReadHead(GraphReader reader) => ReadInline(reader);

    public override void WriteInline(GraphWriter writer, object? value) => writer.Output.WriteBytes(RawBits.OfBox(value!, _size));

    public override object ReadInline(GraphReader reader)
    {
        object box = RuntimeHelpers.GetUninitializedObject(type);
        reader.Input.ReadBytes(_size).CopyTo(RawBits.OfBox(box, _size));
        return box;
    }
}
