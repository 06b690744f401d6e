using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multiprocessing.Serialization;

/// <summary>
/// Text as its UTF-16 code units, so that lone surrogates survive. By reference, not by <c>MemoryMarshal.Cast</c>: that has no code compiled ahead of time.
/// </summary>
internal static class TextBytes
{
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<char> text) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text)), text.Length * sizeof(char));

    public static ReadOnlySpan<char> ToText(ReadOnlySpan<byte> bytes) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, char>(ref MemoryMarshal.GetReference(bytes)), bytes.Length / sizeof(char));

    public static string ToString(ReadOnlySpan<byte> bytes) => new(ToText(bytes));
}
