using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers.Collections;

/// <summary>A collection of single elements.</summary>
internal sealed class ElementsSerializer<T>(Type type, Type collectionType, ElementsSerializer<T>.Access access) : CollectionSerializer(type, collectionType)
{
    protected override void WriteElements(GraphWriter writer, object value)
    {
        writer.WriteReference(access.Comparer(value), "Comparer");
        T[] elements = [.. access.Elements(value)];
        writer.Output.WriteCount(elements.Length);
        for (int i = 0; i < elements.Length; i++)
        {
            writer.WriteValue(elements[i], typeof(T), i);
        }
    }

    protected override void ReadElements(GraphReader reader, object value)
    {
        object? comparer = reader.ReadReference();
        T[] elements = new T[reader.Input.ReadCount()];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = (T)reader.ReadValue(typeof(T))!;
        }

        reader.FillLater(new Pending(value, comparer, elements, access), typeof(T));
    }

    private sealed class Pending(object collection, object? comparer, T[] elements, Access access) : PendingHashFill(collection, [comparer])
    {
        public override IEnumerable<object?> Hashed => elements.Cast<object?>();

        public override void Fill() => access.Fill(Collection, comparer, elements);
    }

    /// <summary>What differs between one such collection and another.</summary>
    /// <param name="Comparer">The comparer of an instance, if it has one.</param>
    /// <param name="Elements">The contents of an instance.</param>
    /// <param name="Fill">Makes an allocated instance one with this comparer and contents.</param>
    internal sealed record Access(Func<object, object?> Comparer, Func<object, IEnumerable<T>> Elements, Action<object, object?, T[]> Fill);
}
