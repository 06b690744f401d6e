using System.Collections;

namespace Multiprocessing.Tests.Serialization;

/// <summary>Sequences that are computed while they are read.</summary>
public class SequenceTests
{
    [Fact]
    public void Queries_that_have_not_been_read_go()
    {
        int limit = 3;
        List<int> numbers = [5, 3, 4, 1, 2];
        IEnumerable<string> query = numbers.Where(n => n >= limit).OrderBy(n => n).Select(n => $"{n}").Concat(["end"]);

        Assert.Equal(["3", "4", "5", "end"], RoundTrip.Of(query));
        Assert.Equal([(1, 2)], RoundTrip.Of(numbers.Join([2], n => n * 2, n => n, (x, y) => (x, y))));
        Assert.Equal([5, 2, 4, 3, 1], RoundTrip.Of(numbers.OrderByDescending(n => n % 5 == 0).ThenBy(n => n % 2).ThenBy(n => n == 4)));
        Assert.Equal([3, 2], RoundTrip.Of(numbers.GroupBy(n => n % 2)).Select(g => g.Count()));
        Assert.Equal([[5, 3], [4, 1], [2]], RoundTrip.Of(numbers.Chunk(2)));
        Assert.Equal([5, 3, 4, 1, 2], RoundTrip.Of(numbers.Distinct()));
        Assert.Equal([0, 1, 2], RoundTrip.Of(Enumerable.Range(0, 3)));
        Assert.Equal(["x", "x"], RoundTrip.Of(Enumerable.Repeat("x", 2)));
        Assert.Equal([2, 1, 4, 3, 5], RoundTrip.Of(numbers.AsEnumerable().Reverse()));
        Assert.Equal([(5, 'a')], RoundTrip.Of(numbers.Zip("a")));
        Assert.Equal([6], RoundTrip.Of(numbers.AsQueryable().Where(n => n == 5).Select(n => n + 1)));
    }

    [Fact]
    public void An_iterator_that_has_not_begun_goes()
    {
        Assert.Equal([0, 10, 20], RoundTrip.Of(Count(10)).Take(3));
        Assert.Equal([0, 10, 20], RoundTrip.Of(Count(10).GetEnumerator()).Rest().Take(3));
    }

    [Fact]
    public void An_iterator_goes_on_where_it_was()
    {
        using IEnumerator<int> iterator = Count(10).GetEnumerator();
        iterator.MoveNext();
        iterator.MoveNext();

        using IEnumerator<int> copy = RoundTrip.Of(iterator);

        Assert.Equal(10, copy.Current);
        Assert.True(copy.MoveNext());
        Assert.Equal(20, copy.Current);
        Assert.True(iterator.MoveNext());
        Assert.Equal(20, iterator.Current);
    }

    [Fact]
    public void A_query_goes_on_where_it_was()
    {
        foreach (IEnumerable<int> query in (IEnumerable<int>[])
        [
            Count(1).Where(n => n > 0), Count(1).Skip(1).Take(5), new List<int> { 1, 2, 3 }.Select(n => n), new[] { 1, 2, 3 }.Select(n => n),
            ((IEnumerable<int>)new[] { 1, 2, 3 }).Concat([4]), Each([1, 2, 3]), Each(new List<int> { 1, 2, 3 }), Each(new Queue<int>([1, 2, 3])), Each(new SortedSet<int>([1, 2, 3])),
            Each(new LinkedList<int>([1, 2, 3])),
        ])
        {
            using IEnumerator<int> iterator = query.GetEnumerator();
            iterator.MoveNext();

            using IEnumerator<int> copy = RoundTrip.Of(iterator);

            Assert.True(copy.MoveNext());
            Assert.Equal(2, copy.Current);
        }
    }

    [Fact]
    public void A_walk_through_a_collection_that_hashes_is_refused_once_it_has_begun()
    {
        foreach (IEnumerable sequence in (IEnumerable[])
        [
            Each(new HashSet<int> { 1, 2 }), Each(new Dictionary<int, int> { [1] = 1, [2] = 2 }.Keys), Each(new Dictionary<int, int> { [1] = 1, [2] = 2 }.Values),
            Each(new Dictionary<int, int> { [1] = 1, [2] = 2 }), Each(new OrderedDictionary<int, int> { [1] = 1, [2] = 2 }), Each(new OrderedDictionary<int, int> { [1] = 1, [2] = 2 }.Keys),
            new Hashtable { [1] = 1, [2] = 2 }, new Hashtable { [1] = 1, [2] = 2 }.Keys, Each(new[] { 1, 2 }.ToLookup(n => n)),
            new[] { 1, 2 }.GroupBy(n => n),
        ])
        {
            Assert.NotNull(RoundTrip.Of(sequence));
            IEnumerator iterator = sequence.GetEnumerator();
            iterator.MoveNext();
            Assert.Contains("ToList()", RoundTrip.Refusal(iterator).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_asynchronous_iterator_that_has_not_begun_goes()
    {
        List<int> numbers = [];
        await foreach (int number in RoundTrip.Of(CountAsync(3)))
        {
            numbers.Add(number);
        }

        Assert.Equal([0, 1, 2], numbers);
    }

    private static IEnumerable<int> Count(int step)
    {
        for (int i = 0; ; i += step)
        {
            yield return i;
        }
    }

    private static IEnumerable<T> Each<T>(IEnumerable<T> sequence)
    {
        foreach (T element in sequence)
        {
            yield return element;
        }
    }

    private static async IAsyncEnumerable<int> CountAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }
}

file static class Extensions
{
    public static IEnumerable<T> Rest<T>(this IEnumerator<T> iterator)
    {
        while (iterator.MoveNext())
        {
            yield return iterator.Current;
        }
    }
}
