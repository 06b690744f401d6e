using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>What cannot go to another process.</summary>
internal sealed class RefusedShape(Type type, string advice) : Shape
{
    public override void WriteHead(GraphWriter writer, object value)
    {
        // A reader or writer of text is refused for the stream behind it; that is what the message should point at.
        if (value is StreamReader or StreamWriter)
        {
            Stream stream = value is StreamReader reader ? reader.BaseStream : ((StreamWriter)value).BaseStream;
            if (Of(stream.GetType()) is RefusedShape)
            {
                writer.WriteReference(stream, "stream");
            }
        }

        throw writer.Refuse(type, advice);
    }

    public override object ReadHead(GraphReader reader, int id) => throw new InvalidDataException($"{type} cannot have been sent.");

    public override void WriteInline(GraphWriter writer, object? value) => throw writer.Refuse(type, advice);
}
