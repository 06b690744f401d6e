using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Queues;

/// <summary>Makes arrays whose elements are nothing but bits, to be overwritten at once.</summary>
internal abstract class ArrayFactory
{
    public abstract int ElementSize { get; }

    /// <summary>The form of an array type; null if it is none of these.</summary>
    public static ArrayFactory? TrySelect(Type type) =>
        type.IsSZArray && type.GetElementType() is { IsPointer: false, IsFunctionPointer: false } element && RawBits.IsPlain(element)
            ? (ArrayFactory)Activator.CreateInstance(typeof(Of<>).MakeGenericType(element))!
            : null;

    public abstract Array Allocate(int length);

    [SuppressMessage("Performance", "CA1812:Avoid uninstantiated internal classes", Justification = "By reflection, for an element type.")]
    private sealed class Of<T> : ArrayFactory
    {
        public override int ElementSize => Unsafe.SizeOf<T>();

        public override Array Allocate(int length) => GC.AllocateUninitializedArray<T>(length);
    }
}
