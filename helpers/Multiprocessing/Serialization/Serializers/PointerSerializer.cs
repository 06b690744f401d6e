using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>Pointers and native-sized integers: zero goes, anything else may be an address or a handle of this process.</summary>
internal sealed class PointerSerializer(Type type) : Serializer
{
    public const string Advice = "an address or a handle means nothing in another process. For a number, use long.";

    public override void WriteInline(GraphWriter writer, object? value)
    {
        bool isZero = value switch
        {
            null => true,
            nint number => number == 0,
            nuint number => number == 0,
            Pointer pointer => IsNull(pointer),
            _ => false,
        };
        if (!isZero)
        {
            throw writer.Refuse(type, Advice);
        }
    }

    public override object? ReadInline(GraphReader reader) => type.IsValueType ? RuntimeHelpers.GetUninitializedObject(type) : null;

    private static unsafe bool IsNull(Pointer pointer) => Pointer.Unbox(pointer) == null;
}

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
