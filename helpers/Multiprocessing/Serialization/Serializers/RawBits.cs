using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>Raw access to values that are nothing but bits.</summary>
internal static class RawBits
{
    /// <summary>
    /// Tells whether a value of the type means the same in every process: no reference, no pointer, no native-sized handle in it, at any depth.
    /// </summary>
    public static bool IsPlain(Type type)
    {
        if (!type.IsValueType || type == typeof(nint) || type == typeof(nuint) || type.IsByRefLike)
        {
            return false;
        }

        return type.IsPrimitive || type.IsEnum || Array.TrueForAll(FieldsOf(type), field => !field.FieldType.IsPointer && !field.FieldType.IsFunctionPointer
            && field.FieldType != type && IsPlain(field.FieldType));
    }

    /// <summary>The bits of a boxed value.</summary>
    public static Span<byte> OfBox(object box, int size) => MemoryMarshal.CreateSpan(ref Unsafe.As<Box>(box).FirstByte, size);

    /// <summary>The bits of an array's elements.</summary>
    public static Span<byte> OfArray(Array array, int elementSize)
    {
        long length = array.LongLength * elementSize;
        return length <= Array.MaxLength
            ? MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), (int)length)
            : throw new PayloadWriter.FullException();
    }

    private static FieldInfo[] FieldsOf(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>Laid out like any box: the value begins where the first field does.</summary>
    private sealed class Box
    {
        public byte FirstByte;
    }
}
