using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Shipping;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Shipping.Shapes;

namespace Multiprocessing.Pools;

/// <summary>Inputs or results of one type on their way: bits as they are where that is possible, else an object graph.</summary>
/// <typeparam name="T">The type.</typeparam>
internal static class TaskData<T>
{
    private static readonly bool IsPlain = ObjectData.IsPlain(typeof(T));

    /// <summary>Writes values.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="values">The values.</param>
    /// <param name="rootName">What a reader calls all of them, for the message of an error.</param>
    /// <param name="attach">Whether large arrays may go beside the payload.</param>
    /// <returns>What else goes.</returns>
    /// <exception cref="NotShippableException">One of them cannot go.</exception>
    public static Shipment Write(PayloadWriter output, ReadOnlySpan<T> values, Func<string> rootName, bool attach)
    {
        if (IsPlain)
        {
            ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
            output.WriteBytes(MemoryMarshal.CreateReadOnlySpan(ref first, checked(values.Length * Unsafe.SizeOf<T>())));
            return Shipment.Empty;
        }

        Shipment shipment = Shipment.Pack(values.ToArray(), rootName, attach);
        output.WriteBytes(shipment.Payload.Span);
        return shipment;
    }

    /// <summary>Reads what the other side wrote: the rest of the payload.</summary>
    public static T[] Read(PayloadReader input, int count, IAssemblyResolver resolver, IAttachmentSource? attachments)
    {
        if (!IsPlain)
        {
            return (T[])Shipment.Unpack(input.Rest, resolver, attachments)!;
        }

        T[] values = GC.AllocateUninitializedArray<T>(count);
        ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(values));
        Span<byte> bytes = MemoryMarshal.CreateSpan(ref first, count * Unsafe.SizeOf<T>());
        input.ReadBytes(bytes.Length).CopyTo(bytes);
        return values;
    }
}
