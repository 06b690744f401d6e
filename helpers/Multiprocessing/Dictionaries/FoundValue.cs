using System.Runtime.InteropServices;
using Multiprocessing.Queues;

namespace Multiprocessing.Dictionaries;

/// <summary>A value as it was found: copied, and not rebuilt yet if it is an object graph, since that runs the code of its own types.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct FoundValue<TValue>
{
    private readonly TValue _value;
    private readonly byte[]? _graph;

    private FoundValue(DictionaryEntry* entry)
    {
        Version = entry->Version;
        if (entry->ValueKind == RecordKind.Graph)
        {
            _graph = new ReadOnlySpan<byte>(DictionaryEntry.ValueOf(entry), entry->ValueLength).ToArray();
            _value = default!;
        }
        else
        {
            _value = ValueCodec<TValue>.Read(entry);
        }
    }

    /// <summary>That of its entry.</summary>
    public long Version { get; }

    /// <summary>Finds the value of a key.</summary>
    /// <param name="core">The dictionary.</param>
    /// <param name="key">The key's bytes.</param>
    /// <param name="hash">Their hash.</param>
    /// <param name="found">The value.</param>
    /// <returns>Whether the key is there.</returns>
    /// <exception cref="ObjectDisposedException">The dictionary is gone.</exception>
    public static bool TryFind(DictionaryCore core, ReadOnlySpan<byte> key, uint hash, out FoundValue<TValue> found)
    {
        found = default;
        if (core.Use() is not { } table)
        {
            return false;
        }

        try
        {
            DictionaryEntry* entry = table.Find(key, hash, out _);
            if (entry is not null)
            {
                found = new FoundValue<TValue>(entry);
            }

            return entry is not null;
        }
        finally
        {
            table.Leave();
        }
    }

    /// <summary>All entries of one moment.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled while another one had the dictionary's lock.</exception>
    /// <exception cref="ObjectDisposedException">The dictionary is gone.</exception>
    public static (byte[] Key, FoundValue<TValue> Value)[] OfAll(DictionaryCore core, CancellationToken cancellationToken)
    {
        List<(byte[] Key, FoundValue<TValue> Value)> entries = [];
        core.ForEach(entry => entries.Add((DictionaryEntry.KeyOf(entry).ToArray(), new FoundValue<TValue>(entry))), cancellationToken);
        return [.. entries];
    }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidDataException">It could not be rebuilt here.</exception>
    public TValue Get(DictionaryCore core) => _graph is null ? _value : ValueCodec<TValue>.Rebuild(core, _graph);
}
