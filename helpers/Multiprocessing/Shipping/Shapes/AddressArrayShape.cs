using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>An array of pointers: goes if there is none in it.</summary>
internal sealed class AddressArrayShape(Type type) : ArrayShape(type)
{
    public override void WriteBody(GraphWriter writer, object value)
    {
        if (ObjectData.OfArray((Array)value, IntPtr.Size).ContainsAnyExcept((byte)0))
        {
            throw writer.Refuse(ElementType, AddressShape.Advice);
        }
    }
}
