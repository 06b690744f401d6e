using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Serialization.Graph;

/// <summary>
/// Fills the collections that hash, in such an order that what is hashed is whole: a set in a set, a dictionary that a key or a comparer looks into.
/// Not thread-safe.
/// </summary>
internal sealed class HashFillOrder
{
    private static readonly ConditionalWeakTable<Type, object> SelfContained = [];

    private readonly List<PendingHashFill> _simple = [];
    private readonly List<PendingHashFill> _others = [];

    public void Add(PendingHashFill collection, Type elementType) =>
        (IsSelfContained(elementType) && Array.TrueForAll(collection.Comparers, IsSelfContained) ? _simple : _others).Add(collection);

    public void Run()
    {
        foreach (PendingHashFill collection in _simple)
        {
            collection.Fill();
        }

        if (_others.Count > 0)
        {
            new HashFillWalk(_others).Run();
        }
    }

    /// <summary>Tells whether a value's hash code comes from itself alone, never from a collection that might still be empty.</summary>
    private static bool IsSelfContained(Type type) => type == typeof(string) || type.IsPrimitive
        || (type.IsValueType && (bool)SelfContained.GetValue(type, static t => RawBits.IsPlain(t) || Array.TrueForAll(FieldList.Of(t), IsSelfContained)));

    private static bool IsSelfContained(System.Reflection.FieldInfo field) => field.FieldType != field.DeclaringType && IsSelfContained(field.FieldType);

    /// <summary>The framework's own comparers without functions in them use the elements alone.</summary>
    private static bool IsSelfContained(object? comparer) => comparer is null
        || (comparer.GetType() is { } type && type.Assembly == typeof(object).Assembly
            && Array.TrueForAll(FieldList.Of(type), static field => !typeof(Delegate).IsAssignableFrom(field.FieldType)));
}
