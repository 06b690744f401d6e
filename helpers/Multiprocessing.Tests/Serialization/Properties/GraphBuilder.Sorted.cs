using System.Collections.Immutable;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Collections that compare.</summary>
internal sealed partial class GraphBuilder
{
    private object Sorted() => Next(8) switch
    {
        0 => FilledSorted(new SortedDictionary<string, object?>(StringComparer.OrdinalIgnoreCase)),
        1 => FilledSorted(new SortedDictionary<string, object?>(SampleFunctions.Descending(Shared()))),
        2 => FilledSorted(new SortedList<string, object?>(StringComparer.Ordinal)),
        3 => Keep(new SortedSet<int>(Enumerable.Range(0, Next(9)).Select(_ => Next(100)))),
        4 => Keep(new SortedSet<(int, string)>(Enumerable.Range(0, Next(9)).Select(i => (Next(3), $"{i}")), Comparer<(int, string)>.Create(static (x, y) => y.CompareTo(x)))),
        5 => Queue(),
        6 => Keep(Pairs(TextKey).ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase)),
        _ => Keep(Enumerable.Range(0, Next(9)).Select(_ => Next(100)).ToImmutableSortedSet(SampleFunctions.Backwards)),
    };

    private T FilledSorted<T>(T dictionary)
        where T : class, IDictionary<string, object?>
    {
        Keep(dictionary);
        for (int left = Next(6); left > 0; left--)
        {
            dictionary.Add(TextKey(), Any());
        }

        return dictionary;
    }

    private PriorityQueue<object?, int> Queue()
    {
        PriorityQueue<object?, int> queue = Keep(new PriorityQueue<object?, int>(Next(2) == 0 ? null : SampleFunctions.Backwards));
        for (int left = Next(6); left > 0; left--)
        {
            queue.Enqueue(Any(), Serial());
        }

        return queue;
    }
}
