using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A string.</summary>
internal sealed class StringSerializer : Serializer
{
    public override void WriteHead(GraphWriter writer, object value) => writer.Output.WriteString((string)value);

    public override object ReadHead(GraphReader reader, int id) => reader.Input.ReadString()!;
}
