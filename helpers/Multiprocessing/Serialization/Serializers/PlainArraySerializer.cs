using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>An array whose elements are nothing but bits: moved as raw memory.</summary>
internal sealed class PlainArraySerializer(Type type) : ArraySerializer(type)
{
    private readonly Type _vector = type;
    private readonly int _elementSize = RuntimeHelpers.SizeOf(type.GetElementType()!.TypeHandle);

    protected override Array Allocate(int length) =>
        (length * (long)_elementSize >= Attachment.Smallest ? LargeArrays.Allocate(_vector, length) : null) ?? base.Allocate(length);

    public override void WriteBody(GraphWriter writer, object value)
    {
        Span<byte> elements = RawBits.OfArray((Array)value, _elementSize);
        if (writer.Attachments is { } attachments && elements.Length >= Attachment.Smallest)
        {
            attachments.Add(new Attachment((Array)value, _elementSize));
        }
        else
        {
            writer.Output.WriteBytes(elements);
        }
    }

    public override void ReadBody(GraphReader reader, object value)
    {
        Span<byte> elements = RawBits.OfArray((Array)value, _elementSize);
        if (reader.Attachments is { } attachments && elements.Length >= Attachment.Smallest)
        {
            attachments.Read(elements);
            return;
        }

        reader.Input.ReadBytes(elements.Length).CopyTo(elements);
    }
}
