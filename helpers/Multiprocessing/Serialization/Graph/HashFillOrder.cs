using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Serialization.Graph;

/// <summary>
/// Fills the collections that hash, in such an order that what is hashed is whole: a set in a set, a dictionary that a key or a comparer
/// looks into. So each is filled after those that can be reached from its elements and comparers; where they can reach each other, no order
/// is better than another. Not thread-safe.
/// </summary>
internal sealed class HashFillOrder
{
    private static readonly ConditionalWeakTable<Type, object> SelfContained = [];

    private readonly List<PendingHashFill> _simple = [];
    private readonly List<PendingHashFill> _others = [];
    private readonly Dictionary<object, PendingHashFill> _pending = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _visited = new(ReferenceEqualityComparer.Instance);

    /// <summary>The objects on the way to the current one, and what is still to be visited from each. Not the call stack: it may be deep.</summary>
    private readonly Stack<IEnumerator<object?>> _way = new();

    public void Add(PendingHashFill collection, Type elementType) =>
        (IsSelfContained(elementType) && Array.TrueForAll(collection.Comparers, IsSelfContained) ? _simple : _others).Add(collection);

    public void Run()
    {
        _simple.ForEach(static collection => collection.Fill());
        _others.ForEach(collection => _pending.Add(collection.Collection, collection));
        foreach (PendingHashFill collection in _others)
        {
            Enter(collection.Collection);
            while (_way.TryPeek(out IEnumerator<object?>? current))
            {
                if (current.MoveNext())
                {
                    Enter(current.Current);
                }
                else
                {
                    _way.Pop();
                }
            }
        }

        Debug.Assert(_pending.Count == 0, "Each collection is reached at the latest from itself.");
    }

    private void Enter(object? value)
    {
        if (value is not null and not string && !value.GetType().IsPrimitive && _visited.Add(value))
        {
            _way.Push(Visit(value).GetEnumerator());
        }
    }

    /// <summary>What must be filled before the object is whole; and the object itself, in its turn.</summary>
    private IEnumerable<object?> Visit(object value)
    {
        if (_pending.Remove(value, out PendingHashFill? collection))
        {
            foreach (object? needed in collection.Comparers.Concat(collection.Hashed()))
            {
                yield return needed;
            }

            collection.Fill();
        }

        foreach (object? part in PartsOf(value))
        {
            yield return part;
        }
    }

    private static IEnumerable<object?> PartsOf(object value)
    {
        Serializer serializer = Serializer.Of(value.GetType());
        return serializer switch
        {
            _ when value is Delegate function => function.GetInvocationList().Select(static f => f.Target),
            ElementArraySerializer => ((Array)value).Cast<object?>(),
            _ when serializer.HasBody || serializer.IsVariableHolder => FieldList.Of(value.GetType()).Where(MayLeadOn).Select(field => field.GetValue(value)),
            _ => [],
        };
    }

    private static bool MayLeadOn(FieldInfo field) =>
        field.FieldType is { IsPrimitive: false, IsPointer: false, IsFunctionPointer: false } type && type != typeof(string) && !RawBits.IsPlain(type);

    /// <summary>Tells whether a value's hash code comes from itself alone, never from a collection that might still be empty.</summary>
    private static bool IsSelfContained(Type type) => type == typeof(string) || type.IsPrimitive
        || (type.IsValueType && (bool)SelfContained.GetValue(type, static t => RawBits.IsPlain(t) || Array.TrueForAll(FieldList.Of(t), IsSelfContained)));

    private static bool IsSelfContained(FieldInfo field) => field.FieldType != field.DeclaringType && IsSelfContained(field.FieldType);

    /// <summary>The framework's own comparers without functions in them use the elements alone.</summary>
    private static bool IsSelfContained(object? comparer) => comparer is null
        || (comparer.GetType() is { } type && type.Assembly == typeof(object).Assembly
            && Array.TrueForAll(FieldList.Of(type), static field => !typeof(Delegate).IsAssignableFrom(field.FieldType)));
}

/// <summary>A collection that has been allocated, and whose elements are hashed into it when they are whole.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Comparers">What compares its elements.</param>
/// <param name="Hashed">The elements or keys, which are hashed.</param>
/// <param name="Fill">Fills it.</param>
internal sealed record PendingHashFill(object Collection, object?[] Comparers, Func<IEnumerable<object?>> Hashed, Action Fill);
