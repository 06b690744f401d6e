using System.Runtime.CompilerServices;
using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>Values that are nothing but bits: numbers, enums, DateTime, Guid, structs of such.</summary>
internal sealed class PlainValueShape(Type type) : Shape
{
    private readonly int _size = RuntimeHelpers.SizeOf(type.TypeHandle);

    public override void WriteHead(GraphWriter writer, object value) => WriteInline(writer, value);

    public override object ReadHead(GraphReader reader, int id) => ReadInline(reader);

    public override void WriteInline(GraphWriter writer, object? value) => writer.Output.WriteBytes(ObjectData.OfBox(value!, _size));

    public override object ReadInline(GraphReader reader)
    {
        object box = RuntimeHelpers.GetUninitializedObject(type);
        reader.Input.ReadBytes(_size).CopyTo(ObjectData.OfBox(box, _size));
        return box;
    }
}
