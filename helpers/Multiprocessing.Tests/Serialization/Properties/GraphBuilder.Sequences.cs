using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Collections that keep their elements in the order in which they came.</summary>
internal sealed partial class GraphBuilder
{
    private object Sequence() => Next(16) switch
    {
        0 => Filled(new List<object?>(), static (list, item) => list.Add(item)),
        1 => Keep(new List<int>(Enumerable.Range(0, Next(9)))),
        2 => Filled(new Queue<object?>(), static (queue, item) => queue.Enqueue(item)),
        3 => Filled(new Stack<object?>(), static (stack, item) => stack.Push(item)),
        4 => Filled(new LinkedList<object?>(), static (list, item) => list.AddLast(item)),
        5 => Filled(new Collection<object?>(), static (list, item) => list.Add(item)),
        6 => Filled(new ArrayList(), static (list, item) => list.Add(item)),
        7 => Filled(new ConcurrentQueue<object?>(), static (queue, item) => queue.Enqueue(item)),
        8 => Filled(new ConcurrentStack<object?>(), static (stack, item) => stack.Push(item)),
        9 => Keep<object>(ImmutableArray.Create(Several())),
        10 => Keep(ImmutableList.CreateRange(Several())),
        11 => Keep(ImmutableStack.CreateRange(Several())),
        12 => Keep(ImmutableQueue.CreateRange(Several())),
        13 => Rotated(),
        14 => ReadOnly(),
        _ => Keep<object>(new ArraySegment<object?>([null, .. Several(), null])),
    };

    private T Filled<T>(T collection, Action<T, object?> add)
        where T : class
    {
        Keep(collection);
        for (int left = Next(5); left > 0; left--)
        {
            add(collection, Any());
        }

        return collection;
    }

    /// <summary>A queue that has been used: its first element is not at the beginning of its array.</summary>
    private Queue<object?> Rotated()
    {
        Queue<object?> queue = Keep(new Queue<object?>(4));
        for (int i = 0; i < 5; i++)
        {
            queue.Enqueue(Any());
            if (i < 3)
            {
                queue.Dequeue();
            }
        }

        return queue;
    }

    /// <summary>What a compiler makes of a collection expression, or a view of a list that may change.</summary>
    private object ReadOnly()
    {
        object? item = Any();
        IReadOnlyList<object?> one = [item];
        IReadOnlyList<object?> several = [item, item, 5];
        return Next(3) switch
        {
            0 => Keep(one),
            1 => Keep(several),
            _ => Keep(Filled(new List<object?>(), static (list, added) => list.Add(added)).AsReadOnly()),
        };
    }
}
