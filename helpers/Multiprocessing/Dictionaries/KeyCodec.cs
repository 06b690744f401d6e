using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Dictionaries;

/// <summary>Keys of a type as bytes that are the same for equal keys in every process, and back. Thread-safe.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
internal static class KeyCodec<TKey>
    where TKey : notnull
{
    private const ulong Factor = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Whether a key is its bits: not, if there are gaps between its fields, in which anything may be.</summary>
    [SuppressMessage("Performance", "CA1802:Use literals where appropriate", Justification = "It depends on the type.")]
    private static readonly bool IsBits = !RuntimeHelpers.IsReferenceOrContainsReferences<TKey>() && RawBits.IsPlain(typeof(TKey)) && KeyFields.SizeOf(typeof(TKey)) == Unsafe.SizeOf<TKey>();

    /// <exception cref="NotSupportedException">It is no type of keys.</exception>
    public static void Check()
    {
        if (!IsBits && KeyFields.FindCulprit(typeof(TKey)) is { } culprit)
        {
            throw new NotSupportedException($"{typeof(TKey)} cannot be the type of a shared dictionary's keys, because of {culprit}: keys are text, numbers, enums, and structs or tuples of such, which are the same in every process.");
        }
    }

    /// <summary>The bytes of a key.</summary>
    /// <param name="key">The key, which the bytes may lie in.</param>
    public static ReadOnlySpan<byte> Write(ref readonly TKey key)
    {
        if (IsBits)
        {
            return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TKey, byte>(ref Unsafe.AsRef(in key)), Unsafe.SizeOf<TKey>());
        }

        if (key is string text)
        {
            return TextBytes.Of(text);
        }

        PayloadWriter writer = new();
        KeyFields.Write(writer, typeof(TKey), key);
        return writer.Written.Span;
    }

    /// <summary>The key of some bytes.</summary>
    public static TKey Read(byte[] bytes) => IsBits ? Unsafe.ReadUnaligned<TKey>(ref MemoryMarshal.GetArrayDataReference(bytes))
        : typeof(TKey) == typeof(string) ? (TKey)(object)TextBytes.ToString(bytes)
        : (TKey)KeyFields.Read(new PayloadReader(bytes), typeof(TKey))!;

    /// <summary>A hash of a key's bytes, the same in every process: .NET's own are not.</summary>
    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length * Factor;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        return (uint)(Mix(hash ^ rest) >> 32);
    }

    private static ulong Mix(ulong value)
    {
        ulong product = unchecked(value * Factor);
        return product ^ (product >> 29);
    }
}
