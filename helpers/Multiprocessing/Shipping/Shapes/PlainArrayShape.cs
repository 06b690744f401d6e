using System.Runtime.CompilerServices;
using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>An array whose elements are nothing but bits: moved as raw memory.</summary>
internal sealed class PlainArrayShape(Type type) : ArrayShape(type)
{
    private readonly int _elementSize = RuntimeHelpers.SizeOf(type.GetElementType()!.TypeHandle);

    public override void WriteBody(GraphWriter writer, object value) => writer.Output.WriteBytes(ObjectData.OfArray((Array)value, _elementSize));

    public override void ReadBody(GraphReader reader, object value)
    {
        Span<byte> elements = ObjectData.OfArray((Array)value, _elementSize);
        reader.Input.ReadBytes(elements.Length).CopyTo(elements);
    }
}
