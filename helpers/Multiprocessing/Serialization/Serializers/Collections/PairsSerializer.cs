using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers.Collections;

/// <summary>A collection of keys with values.</summary>
internal sealed class PairsSerializer<TKey, TValue>(Type type, Type collectionType, PairsSerializer<TKey, TValue>.Access access)
    : CollectionSerializer(type, collectionType)
    where TKey : notnull
{
    private readonly bool _isPlain = RawBits.IsPlain(typeof(TKey)) && RawBits.IsPlain(typeof(TValue));

    protected override void WriteElements(GraphWriter writer, object value)
    {
        foreach (object? comparer in access.Comparers(value))
        {
            writer.WriteReference(comparer, "Comparer");
        }

        KeyValuePair<TKey, TValue>[] pairs = [.. access.Pairs(value)];
        writer.Output.WriteCount(pairs.Length);
        foreach ((TKey key, TValue element) in pairs)
        {
            ElementKey? step = _isPlain ? null : new ElementKey(key);
            writer.WriteValue(key, typeof(TKey), step);
            writer.WriteValue(element, typeof(TValue), step);
        }
    }

    protected override void ReadElements(GraphReader reader, object value)
    {
        object?[] comparers = new object?[access.ComparerCount];
        for (int i = 0; i < comparers.Length; i++)
        {
            comparers[i] = reader.ReadReference();
        }

        KeyValuePair<TKey, TValue>[] pairs = new KeyValuePair<TKey, TValue>[reader.Input.ReadCount()];
        for (int i = 0; i < pairs.Length; i++)
        {
            TKey key = (TKey)reader.ReadValue(typeof(TKey))!;
            pairs[i] = new(key, (TValue)reader.ReadValue(typeof(TValue))!);
        }

        reader.FillLater(new Pending(value, comparers, pairs, access), typeof(TKey));
    }

    private sealed class Pending(object collection, object?[] comparers, KeyValuePair<TKey, TValue>[] pairs, Access access)
        : PendingHashFill(collection, comparers)
    {
        public override IEnumerable<object?> Hashed => pairs.Select(static pair => (object?)pair.Key);

        public override void Fill() => access.Fill(Collection, Comparers, pairs);
    }

    /// <summary>What differs between one such collection and another.</summary>
    /// <param name="ComparerCount">How many comparers it has.</param>
    /// <param name="Comparers">Those of an instance.</param>
    /// <param name="Pairs">The contents of an instance.</param>
    /// <param name="Fill">Makes an allocated instance one with these comparers and contents.</param>
    internal sealed record Access(
        int ComparerCount,
        Func<object, object?[]> Comparers,
        Func<object, IEnumerable<KeyValuePair<TKey, TValue>>> Pairs,
        Action<object, object?[], KeyValuePair<TKey, TValue>[]> Fill);
}
