using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>What cannot go to another process.</summary>
/// <param name="type">The type.</param>
/// <param name="advice">What to do instead; null if the object says so itself.</param>
internal sealed class UnsendableSerializer(Type type, string? advice = null) : Serializer
{
    public override void WriteHead(GraphWriter writer, object value)
    {
        // A reader or writer of text is refused for the stream behind it; that is what the message should point at.
        if (value is StreamReader or StreamWriter)
        {
            Stream stream = value is StreamReader reader ? reader.BaseStream : ((StreamWriter)value).BaseStream;
            if (Of(stream.GetType()) is UnsendableSerializer)
            {
                writer.WriteReference(stream, "stream");
            }
        }

        throw writer.Refuse(type, advice ?? ((IUnsendable)value).Advice);
    }

    public override object ReadHead(GraphReader reader) => throw new InvalidDataException($"{type} cannot have been sent.");

    public override void WriteInline(GraphWriter writer, object? value) => throw writer.Refuse(type, advice ?? ((IUnsendable)value!).Advice);
}
