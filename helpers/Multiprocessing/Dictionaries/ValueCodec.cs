using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Queues;

namespace Multiprocessing.Dictionaries;

/// <summary>Values of a type as bytes, as the items of a queue are, and back. Thread-safe.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
internal static class ValueCodec<TValue>
{
    private const string RootName = "dictionary value";

    /// <summary>The bytes of a value.</summary>
    /// <param name="core">The dictionary that it is for.</param>
    /// <param name="value">The value, which the bytes may lie in.</param>
    /// <param name="kind">What the bytes are.</param>
    /// <exception cref="NotShippableException">The value cannot go to another process.</exception>
    public static ReadOnlySpan<byte> Write(DictionaryCore core, ref readonly TValue value, out RecordKind kind)
    {
        ItemBytes bytes = ItemCodec<TValue>.Encode(in value, RootName, core.Context, core.Assemblies, core.Sent);
        kind = bytes.Kind;
        return bytes.Length <= Array.MaxLength
            ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(in bytes.First), (int)bytes.Length)
            : throw new NotSupportedException($"A value of {bytes.Length} bytes is too large for a shared dictionary: put a SharedArray into it.");
    }

    /// <summary>The value of an entry, unless it is a graph (<see cref="Rebuild"/>).</summary>
    public static unsafe TValue Read(DictionaryEntry* entry) =>
        entry->ValueKind == RecordKind.Null ? default! : ItemCodec<TValue>.Read(new Record(entry->ValueKind, DictionaryEntry.ValueOf(entry), entry->ValueLength));

    /// <summary>Rebuilds an object graph.</summary>
    /// <exception cref="InvalidDataException">It could not be rebuilt here.</exception>
    public static TValue Rebuild(DictionaryCore core, byte[] graph) => ItemCodec<TValue>.Unpack(graph, "A value of the dictionary", core.Context, core.Assemblies);
}
