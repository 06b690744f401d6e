namespace Multiprocessing.Tests.Pools.Behaviour;

/// <content>Functions and sources that throw.</content>
public abstract partial class PoolBehaviour
{
    // CPython: test_map_no_failfast asks for the same of threads and processes.
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public void The_first_failing_input_is_told_with_the_others_and_all_are_processed(int? chunkSize)
    {
        using SharedArray<int> begun = new(40);
        int FailAtTens(int x)
        {
            // The first to fail is the last to do so.
            begun[x]++;
            Thread.Sleep(x == 10 ? 150 : 0);
            return x > 0 && x % 10 == 0 ? throw new ArgumentException($"no {x}") : x;
        }

        Failure failure = Pool.Describe(Assert.ThrowsAny<Exception>(() => { Pool.Map(FailAtTens, Enumerable.Range(0, 40), chunkSize); }));

        Assert.Equal(10, failure.Index);
        Assert.Equal("no 10", Assert.IsType<ArgumentException>(failure.Original).Message);
        Assert.Equal([20, 30], failure.Others);
        Assert.All(begun, static times => Assert.Equal(1, times));
        AssertAllWork(Pool);
    }

    [Fact]
    public async Task Every_way_of_mapping_tells_what_failed()
    {
        static int Fail(int x) => x == 3 ? throw new FormatException("three") : x;
        static async Task<int> FailLater(int x)
        {
            await Task.Delay(1);
            return Fail(x);
        }

        int[] inputs = [.. Enumerable.Range(0, 6)];
        Func<Task>[] ways =
        [
            () => Task.Run(() => Pool.Map(Fail, inputs)),
            () => Task.Run(() => Pool.Map(FailLater, inputs)),
            () => Pool.MapAsync(Fail, inputs),
            () => Pool.MapAsync(FailLater, inputs),
            async () => await Pool.MapOrdered(Fail, inputs).ToArrayAsync(),
            async () => await Pool.MapUnordered(FailLater, inputs).ToArrayAsync(),
            () => Task.Run(() => Pool.MapReduce(Fail, static (a, b) => a + b, inputs)),
            () => Task.Run(() => Pool.ForEach(static x => { Fail(x); }, inputs)),
            () => Task.Run(() => Pool.ForEach(static async x => { await FailLater(x); }, inputs)),
        ];
        foreach (Func<Task> way in ways)
        {
            Failure failure = Pool.Describe(await Assert.ThrowsAnyAsync<Exception>(way));

            Assert.Equal(3, failure.Index);
            Assert.IsType<FormatException>(failure.Original);
            Assert.Empty(failure.Others);
            Assert.Equal([1], Pool.Map(static x => x, [1]));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task An_ordered_stream_ends_where_an_input_failed(int? chunkSize)
    {
        List<int> seen = [];
        Failure failure = Pool.Describe(await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (int x in Pool.MapOrdered(static x => x == 7 ? throw new FormatException() : x, Enumerable.Range(0, 20), chunkSize))
            {
                seen.Add(x);
            }
        }));

        Assert.Equal(7, failure.Index);
        Assert.Equal(Enumerable.Range(0, 7), seen);
        AssertAllWork(Pool);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task An_unordered_stream_gives_all_that_is_good_before_it_tells_what_failed(int? chunkSize)
    {
        List<int> seen = [];
        Failure failure = Pool.Describe(await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (int x in Pool.MapUnordered(static x => x is 0 or 7 ? throw new FormatException($"{x}") : x, Enumerable.Range(0, 20), chunkSize))
            {
                seen.Add(x);
            }
        }));

        Assert.Equal(0, failure.Index);
        Assert.Equal("0", failure.Original.Message);
        Assert.Equal([7], failure.Others);
        Assert.Equal(Enumerable.Range(0, 20).Except([0, 7]), seen.Order());
        AssertAllWork(Pool);
    }

    [Fact]
    public void A_reduction_that_throws_is_told()
    {
        Failure failure = Pool.Describe(Assert.ThrowsAny<Exception>(() => { Pool.MapReduce(static x => x, static (a, b) => a + b > 20 ? throw new OverflowException("much") : a + b, Enumerable.Range(0, 10)); }));

        Assert.Equal("much", Assert.IsType<OverflowException>(failure.Original).Message);
        AssertAllWork(Pool);
    }

    // CPython: test_map_handle_iterable_exception, test_imap_handle_iterable_exception, test_imap_unordered_handle_iterable_exception.
    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 1)]
    [InlineData(10, 4)]
    [InlineData(500, null)]
    public async Task What_a_source_throws_reaches_the_caller_as_it_is(int after, int? chunkSize)
    {
        using SharedValue<int> closed = new();
        IEnumerable<int> Broken()
        {
            try
            {
                for (int i = 0; i < after; i++)
                {
                    yield return i;
                }

                throw new KeyNotFoundException($"after {after}");
            }
            finally
            {
                closed.Increment();
            }
        }

        string expected = $"after {after}";
        Assert.Equal(expected, Assert.Throws<KeyNotFoundException>(() => Pool.Map(static x => x, Broken(), chunkSize)).Message);
        Assert.Equal(expected, (await Assert.ThrowsAsync<KeyNotFoundException>(() => Pool.MapAsync(static x => x, Broken(), chunkSize))).Message);
        Assert.Equal(expected, Assert.Throws<KeyNotFoundException>(() => Pool.MapReduce(static x => x, static (a, b) => a + b, Broken(), chunkSize)).Message);
        Assert.Equal(expected, Assert.Throws<KeyNotFoundException>(() => Pool.ForEach(static x => { }, Broken(), chunkSize)).Message);
        Assert.Equal(expected, (await Assert.ThrowsAsync<KeyNotFoundException>(async () => await Pool.MapOrdered(static x => x, Broken(), chunkSize).ToArrayAsync())).Message);
        Assert.Equal(expected, (await Assert.ThrowsAsync<KeyNotFoundException>(async () => await Pool.MapUnordered(static x => x, Broken(), chunkSize).ToArrayAsync())).Message);
        Assert.Equal(6, closed.Value);
        AssertAllWork(Pool);
    }

    // CPython: test_imap_handle_iterable_exception gives the results of the inputs before it first.
    [Fact]
    public async Task A_stream_gives_what_came_before_its_source_threw()
    {
        static IEnumerable<int> Broken()
        {
            yield return 1;
            yield return 2;
            yield return 3;
            throw new KeyNotFoundException();
        }

        List<int> ordered = [];
        List<int> unordered = [];
        await Assert.ThrowsAsync<KeyNotFoundException>(async () =>
        {
            await foreach (int x in Pool.MapOrdered(static x => x * 10, Broken(), chunkSize: 2))
            {
                ordered.Add(x);
            }
        });
        await Assert.ThrowsAsync<KeyNotFoundException>(async () =>
        {
            await foreach (int x in Pool.MapUnordered(static x => x * 10, Broken(), chunkSize: 1))
            {
                unordered.Add(x);
            }
        });

        // The third waits for a second one of its chunk, which does not come.
        Assert.Equal([10, 20], ordered.Take(2));
        Assert.Equal([10, 20, 30], unordered.Order());
    }

    [Fact]
    public async Task A_source_that_cannot_even_begin_reaches_the_caller()
    {
        Assert.Throws<NotSupportedException>(() => Pool.Map(static x => x, new Unreadable()));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await Pool.MapUnordered(static x => x, new Unreadable()).ToArrayAsync());
        AssertAllWork(Pool);
    }

    private sealed class Unreadable : IEnumerable<int>
    {
        public IEnumerator<int> GetEnumerator() => throw new NotSupportedException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
