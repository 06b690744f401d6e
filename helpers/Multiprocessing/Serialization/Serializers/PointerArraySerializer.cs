using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>An array of pointers: goes if there is none in it.</summary>
internal sealed class PointerArraySerializer(Type type) : ArraySerializer(type)
{
    public override void WriteBody(GraphWriter writer, object value)
    {
        if (RawBits.OfArray((Array)value, IntPtr.Size).ContainsAnyExcept((byte)0))
        {
            throw writer.Refuse(ElementType, PointerSerializer.Advice);
        }
    }
}
