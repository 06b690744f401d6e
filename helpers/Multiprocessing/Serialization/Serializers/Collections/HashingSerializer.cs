using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers.Collections;

/// <summary>
/// A collection that hashes its elements. Hash codes of strings, types and most objects differ from process to process, so it cannot be
/// copied field by field: its elements are sent, and added anew.
/// </summary>
/// <typeparam name="T">What it consists of: elements, or keys with values.</typeparam>
/// <param name="type">The type of the object: <paramref name="collectionType"/> or one derived from it, whose own fields go too.</param>
/// <param name="collectionType">The collection.</param>
/// <param name="hashedType">The type of the elements or keys.</param>
/// <param name="access">What differs between one such collection and another.</param>
internal abstract class HashingSerializer<T>(Type type, Type collectionType, Type hashedType, HashingSerializer<T>.Access access)
    : FieldsSerializer(type, FieldList.Below(type, collectionType))
{
    public sealed override void WriteBody(GraphWriter writer, object value)
    {
        base.WriteBody(writer, value);
        object?[] comparers = access.Comparers(value);
        writer.Output.WriteCount(comparers.Length);
        foreach (object? comparer in comparers)
        {
            writer.WriteReference(comparer, "Comparer");
        }

        T[] elements = [.. access.Elements(value)];
        writer.Output.WriteCount(elements.Length);
        for (int i = 0; i < elements.Length; i++)
        {
            Write(writer, elements[i], i);
        }
    }

    public sealed override void ReadBody(GraphReader reader, object value)
    {
        base.ReadBody(reader, value);
        object?[] comparers = new object?[reader.Input.ReadCount()];
        for (int i = 0; i < comparers.Length; i++)
        {
            comparers[i] = reader.ReadReference();
        }

        T[] elements = new T[reader.Input.ReadCount()];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = Read(reader);
        }

        reader.FillLater(new(value, comparers, () => elements.Select(Hashed), () => access.Fill(value, comparers, elements)), hashedType);
    }

    protected abstract void Write(GraphWriter writer, T element, int index);

    protected abstract T Read(GraphReader reader);

    /// <summary>What of an element is hashed.</summary>
    protected abstract object? Hashed(T element);

    /// <summary>What differs between one such collection and another.</summary>
    /// <param name="Comparers">The comparers of an instance, if it has any.</param>
    /// <param name="Elements">The contents of an instance.</param>
    /// <param name="Fill">Makes an allocated instance one with these comparers and contents.</param>
    internal sealed record Access(Func<object, object?[]> Comparers, Func<object, IEnumerable<T>> Elements, Action<object, object?[], T[]> Fill);
}

/// <summary>A collection of single elements.</summary>
internal sealed class ElementsSerializer<T>(Type type, Type collectionType, HashingSerializer<T>.Access access)
    : HashingSerializer<T>(type, collectionType, typeof(T), access)
{
    protected override void Write(GraphWriter writer, T element, int index) => writer.WriteValue(element, typeof(T), index);

    protected override T Read(GraphReader reader) => (T)reader.ReadValue(typeof(T))!;

    protected override object? Hashed(T element) => element;
}

/// <summary>A collection of keys with values.</summary>
internal sealed class PairsSerializer<TKey, TValue>(Type type, Type collectionType, HashingSerializer<KeyValuePair<TKey, TValue>>.Access access)
    : HashingSerializer<KeyValuePair<TKey, TValue>>(type, collectionType, typeof(TKey), access)
{
    private readonly bool _isPlain = RawBits.IsPlain(typeof(TKey)) && RawBits.IsPlain(typeof(TValue));

    protected override void Write(GraphWriter writer, KeyValuePair<TKey, TValue> element, int index)
    {
        ElementKey? step = _isPlain ? null : new ElementKey(element.Key);
        writer.WriteValue(element.Key, typeof(TKey), step);
        writer.WriteValue(element.Value, typeof(TValue), step);
    }

    protected override KeyValuePair<TKey, TValue> Read(GraphReader reader)
    {
        TKey key = (TKey)reader.ReadValue(typeof(TKey))!;
        return new(key, (TValue)reader.ReadValue(typeof(TValue))!);
    }

    protected override object? Hashed(KeyValuePair<TKey, TValue> element) => element.Key;
}
