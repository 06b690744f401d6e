using System.Collections;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Uses collections and functions: what has been on a journey must go on as what has stayed does.</summary>
internal static class CollectionUse
{
    /// <summary>Does the same to two equal objects: takes something out, puts something in, calls.</summary>
    public static void Apply(object original, object copy)
    {
        Use(original);
        Use(copy);
        if (original is Func<int> function && copy is Func<int> copied)
        {
            Assert.Equal(function(), copied());
        }
    }

    private static void Use(object value)
    {
        switch (value)
        {
            case IDictionary { IsReadOnly: false, IsFixedSize: false, Count: > 0 } dictionary when value is not Exception:
                object key = dictionary.Keys.Cast<object>().MinBy(HashedCollection.OrderOf, StringComparer.Ordinal)!;
                object? item = dictionary[key];
                dictionary.Remove(key);
                Assert.False(dictionary.Contains(key));
                dictionary.Add(key, item);
                break;
            case IList { IsReadOnly: false, IsFixedSize: false, Count: > 0 } list:
                list.Add(list[0]);
                list.RemoveAt(0);
                break;
            case HashSet<object> { Count: > 0 } set:
                Turn(set.First(), set.Remove, set.Add);
                break;
            case HashSet<string> { Count: > 0 } set:
                Turn(set.First(), set.Remove, set.Add);
                break;
            case SortedSet<int> set:
                set.Add(1000);
                set.Remove(set.Min);
                break;
            case SortedSet<(int, string)> set:
                set.Add((1000, ""));
                set.Remove(set.Max);
                break;
            case Queue<object?> { Count: > 0 } queue:
                queue.Enqueue(queue.Dequeue());
                break;
            case Stack<object?> stack:
                stack.Push(stack.Count);
                break;
            case LinkedList<object?> { Count: > 0 } list:
                list.AddLast(list.First!.Value);
                list.RemoveFirst();
                break;
            case PriorityQueue<object?, int> { Count: > 0 } queue:
                queue.Enqueue(queue.Dequeue(), 50);
                break;
            default:
                break;
        }
    }

    private static void Turn<T>(T element, Func<T, bool> remove, Func<T, bool> add)
    {
        Assert.True(remove(element));
        Assert.True(add(element));
    }
}
