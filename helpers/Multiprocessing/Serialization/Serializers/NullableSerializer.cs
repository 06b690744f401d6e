using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A nullable value type where it stands; boxed, it is its value type.</summary>
internal sealed class NullableSerializer(Type valueType) : Serializer
{
    public override void WriteHead(GraphWriter writer, object value) => throw new InvalidOperationException("A nullable is never boxed.");

    public override object ReadHead(GraphReader reader) => throw new InvalidOperationException("A nullable is never boxed.");

    public override void WriteInline(GraphWriter writer, object? value)
    {
        writer.Output.WriteBoolean(value is not null);
        if (value is not null)
        {
            Of(valueType).WriteInline(writer, value);
        }
    }

    public override object? ReadInline(GraphReader reader) => reader.Input.ReadBoolean() ? Of(valueType).ReadInline(reader) : null;
}
