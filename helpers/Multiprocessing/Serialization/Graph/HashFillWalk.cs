using System.Diagnostics;
using System.Reflection;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Serialization.Graph;

/// <summary>
/// Fills collections depth first: before each, those that can be reached from its elements and comparers. Where they can reach each other, no
/// order is better than another. Not thread-safe.
/// </summary>
internal sealed class HashFillWalk(List<PendingHashFill> collections)
{
    private readonly HashSet<object> _visited = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, PendingHashFill> _pending = new(ReferenceEqualityComparer.Instance);

    /// <summary>The objects on the way to the current one, and what is still to be visited from each. Not the call stack: it may be deep.</summary>
    private readonly Stack<IEnumerator<object?>> _way = new();

    public void Run()
    {
        foreach (PendingHashFill collection in collections)
        {
            _pending.Add(collection.Collection, collection);
        }

        foreach (PendingHashFill collection in collections)
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
            foreach (object? needed in collection.Comparers.Concat(collection.Hashed))
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
}
