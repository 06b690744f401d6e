using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>A value type field by field.</summary>
internal sealed class StructShape(Type type) : Shape
{
    private readonly FieldInfo[] _fields = FieldList.Of(type);

    public override void WriteHead(GraphWriter writer, object value) => WriteInline(writer, value);

    public override object ReadHead(GraphReader reader, int id)
    {
        object box = RuntimeHelpers.GetUninitializedObject(type);
        reader.Register(id, box);
        return Fill(reader, box);
    }

    public override void WriteInline(GraphWriter writer, object? value)
    {
        foreach (FieldInfo field in _fields)
        {
            writer.WriteField(value!, field);
        }
    }

    public override object ReadInline(GraphReader reader) => Fill(reader, RuntimeHelpers.GetUninitializedObject(type));

    private object Fill(GraphReader reader, object box)
    {
        foreach (FieldInfo field in _fields)
        {
            reader.ReadField(box, field);
        }

        return box;
    }
}
