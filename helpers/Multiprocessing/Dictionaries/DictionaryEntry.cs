using System.Runtime.InteropServices;
using Multiprocessing.Queues;

namespace Multiprocessing.Dictionaries;

/// <summary>A key and its value as they lie in a table: after this, the key, and from the next multiple of 8 on the value. Written once, before anybody can find it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DictionaryEntry
{
    /// <summary>The how-manyth change of the dictionary it is: no other entry has it.</summary>
    public long Version;

    /// <summary>In bytes.</summary>
    public int KeyLength;

    /// <summary>In bytes.</summary>
    public int ValueLength;

    public RecordKind ValueKind;

    /// <summary>The bytes of an entry.</summary>
    public static long SizeOf(int keyLength, int valueLength) => sizeof(DictionaryEntry) + Align(keyLength) + Align(valueLength);

    public static ReadOnlySpan<byte> KeyOf(DictionaryEntry* entry) => new(entry + 1, entry->KeyLength);

    public static byte* ValueOf(DictionaryEntry* entry) => (byte*)(entry + 1) + Align(entry->KeyLength);

    public static void Write(DictionaryEntry* entry, long version, ReadOnlySpan<byte> key, RecordKind kind, ReadOnlySpan<byte> value)
    {
        entry->Version = version;
        entry->KeyLength = key.Length;
        entry->ValueLength = value.Length;
        entry->ValueKind = kind;
        key.CopyTo(new Span<byte>(entry + 1, key.Length));
        value.CopyTo(new Span<byte>(ValueOf(entry), value.Length));
    }

    private static long Align(long length) => (length + 7) & ~7;
}
