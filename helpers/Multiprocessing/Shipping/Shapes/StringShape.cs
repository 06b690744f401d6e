using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>A string.</summary>
internal sealed class StringShape : Shape
{
    public override void WriteHead(GraphWriter writer, object value) => writer.Output.WriteString((string)value);

    public override object ReadHead(GraphReader reader, int id) => reader.Input.ReadString()!;
}
