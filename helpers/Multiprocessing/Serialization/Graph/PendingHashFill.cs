namespace Multiprocessing.Serialization.Graph;

/// <summary>A collection that has been allocated, and whose elements are hashed into it when they are whole.</summary>
internal abstract class PendingHashFill(object collection, object?[] comparers)
{
    /// <summary>The collection.</summary>
    public object Collection => collection;

    /// <summary>What compares its elements.</summary>
    public object?[] Comparers => comparers;

    /// <summary>The elements or keys, which are hashed.</summary>
    public abstract IEnumerable<object?> Hashed { get; }

    /// <summary>Fills it.</summary>
    public abstract void Fill();
}
