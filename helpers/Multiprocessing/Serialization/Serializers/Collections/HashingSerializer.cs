using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers.Collections;

/// <summary>
/// A collection that hashes its elements. Hash codes of strings, types and most objects differ from process to process, so it cannot be
/// copied field by field: its elements are sent, and added anew.
/// </summary>
/// <param name="type">The type of the object: <paramref name="collectionType"/> or one derived from it, whose own fields go too.</param>
/// <param name="collectionType">The collection.</param>
/// <param name="comparersOf">The comparers of an instance, if it has any.</param>
internal abstract class HashingSerializer(Type type, Type collectionType, Func<object, object?[]> comparersOf)
    : FieldsSerializer(type, FieldList.Below(type, collectionType))
{
    public sealed override void WriteBody(GraphWriter writer, object value)
    {
        base.WriteBody(writer, value);
        object?[] comparers = comparersOf(value);
        writer.Output.WriteCount(comparers.Length);
        foreach (object? comparer in comparers)
        {
            writer.WriteReference(comparer, "Comparer");
        }

        WriteElements(writer, value);
    }

    public sealed override void ReadBody(GraphReader reader, object value)
    {
        base.ReadBody(reader, value);
        object?[] comparers = new object?[reader.Input.ReadCount()];
        for (int i = 0; i < comparers.Length; i++)
        {
            comparers[i] = reader.ReadReference();
        }

        ReadElements(reader, value, comparers);
    }

    protected abstract void WriteElements(GraphWriter writer, object value);

    /// <summary>Reads the elements and has the collection filled when they are whole.</summary>
    protected abstract void ReadElements(GraphReader reader, object value, object?[] comparers);
}

/// <summary>
/// A collection of single elements. It is told how to get an instance's, and how to fill one that has been allocated: with comparers and elements.
/// </summary>
internal sealed class ElementsSerializer<T>(
    Type type,
    Type collectionType,
    Func<object, object?[]> comparersOf,
    Func<object, IEnumerable<T>> elementsOf,
    Action<object, object?[], T[]> fill) : HashingSerializer(type, collectionType, comparersOf)
{
    protected override void WriteElements(GraphWriter writer, object value)
    {
        T[] elements = [.. elementsOf(value)];
        writer.Output.WriteCount(elements.Length);
        for (int i = 0; i < elements.Length; i++)
        {
            writer.WriteValue(elements[i], typeof(T), i);
        }
    }

    protected override void ReadElements(GraphReader reader, object value, object?[] comparers)
    {
        T[] elements = new T[reader.Input.ReadCount()];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = (T)reader.ReadValue(typeof(T))!;
        }

        reader.FillLater(new(value, comparers, elements.Cast<object?>, () => fill(value, comparers, elements)), typeof(T));
    }
}

/// <summary>A collection of keys with values. It is told the same of them.</summary>
internal sealed class PairsSerializer<TKey, TValue>(
    Type type,
    Type collectionType,
    Func<object, object?[]> comparersOf,
    Func<object, IEnumerable<KeyValuePair<TKey, TValue>>> pairsOf,
    Action<object, object?[], KeyValuePair<TKey, TValue>[]> fill) : HashingSerializer(type, collectionType, comparersOf)
{
    private readonly bool _isPlain = RawBits.IsPlain(typeof(TKey)) && RawBits.IsPlain(typeof(TValue));

    protected override void WriteElements(GraphWriter writer, object value)
    {
        KeyValuePair<TKey, TValue>[] pairs = [.. pairsOf(value)];
        writer.Output.WriteCount(pairs.Length);
        foreach ((TKey key, TValue element) in pairs)
        {
            ElementKey? step = _isPlain ? null : new ElementKey(key);
            writer.WriteValue(key, typeof(TKey), step);
            writer.WriteValue(element, typeof(TValue), step);
        }
    }

    protected override void ReadElements(GraphReader reader, object value, object?[] comparers)
    {
        KeyValuePair<TKey, TValue>[] pairs = new KeyValuePair<TKey, TValue>[reader.Input.ReadCount()];
        for (int i = 0; i < pairs.Length; i++)
        {
            TKey key = (TKey)reader.ReadValue(typeof(TKey))!;
            pairs[i] = new(key, (TValue)reader.ReadValue(typeof(TValue))!);
        }

        reader.FillLater(
            new(value, comparers, () => pairs.Select(static pair => (object?)pair.Key), () => fill(value, comparers, pairs)), typeof(TKey));
    }
}
