namespace Multiprocessing.Tests.Pools.Behaviour;

/// <content>What maps give.</content>
public abstract partial class PoolBehaviour
{
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Results_are_in_the_order_of_the_inputs_whatever_the_chunks(int? chunkSize)
    {
        int[] squares = Pool.Map(
            static x =>
            {
                Thread.Sleep(x % 7 == 0 ? 3 : 0);
                return x * x;
            },
            Enumerable.Range(0, 100), chunkSize);

        Assert.Equal(Enumerable.Range(0, 100).Select(static x => x * x), squares);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task Every_input_gives_one_result(int count)
    {
        Assert.Equal(Enumerable.Range(1, count), Pool.Map(static x => x + 1, Enumerable.Range(0, count)));
        Assert.Equal(Enumerable.Range(1, count), await Pool.MapAsync(static x => x + 1, Enumerable.Range(0, count)));
        Assert.Equal(Enumerable.Range(1, count), await Pool.MapOrdered(static x => x + 1, Enumerable.Range(0, count)).ToArrayAsync());
        Assert.Equal(Enumerable.Range(1, count), (await Pool.MapUnordered(static x => x + 1, Enumerable.Range(0, count)).ToArrayAsync()).Order());
    }

    // CPython: test_empty_iterable.
    [Fact]
    public async Task No_inputs_give_no_results()
    {
        Assert.Empty(Pool.Map(static x => x, Array.Empty<int>()));
        Assert.Empty(Pool.Map(static x => x, Enumerable.Range(0, 10).Where(static x => x > 10), chunkSize: 3));
        Assert.Empty(await Pool.MapAsync(static x => x, new List<string>()));
        Assert.Empty(await Pool.MapOrdered(static x => x, Array.Empty<int>()).ToArrayAsync());
        Assert.Empty(await Pool.MapUnordered(static x => x, Array.Empty<int>()).ToArrayAsync());
        Pool.ForEach(static x => throw new InvalidOperationException($"There is no {x}."), Array.Empty<int>());
        Assert.Throws<InvalidOperationException>(() => Pool.MapReduce(static x => x, static (a, b) => a + b, Array.Empty<int>()));
    }

    [Fact]
    public void Null_goes_in_and_comes_out()
    {
        string?[] words = ["one", null, "three", null];

        IEnumerable<string?> turned = Pool.Map(static word => word is null ? null : new string([.. word.Reverse()]), words);
        Assert.Equal(["eno", null, "eerht", null], turned);
        Assert.Equal([1, null, 3], Pool.Map(static number => number, new int?[] { 1, null, 3 }));
        Assert.All(Pool.Map(static _ => (object?)null, words), Assert.Null);
        Assert.Null(Pool.Run(static () => (string?)null));
    }

    [Fact]
    public void Inputs_come_from_a_sequence_of_any_kind()
    {
        int[] numbers = [3, 1, 2];
        IEnumerable<int>[] sources = [numbers, [.. numbers], new Queue<int>(numbers), new LinkedList<int>(numbers), numbers.Select(static x => x), Iterate(), new ArraySegment<int>([9, 3, 1, 2], 1, 3)];

        Assert.All(sources, source => Assert.Equal([30, 10, 20], Pool.Map(static x => x * 10, source)));

        static IEnumerable<int> Iterate()
        {
            yield return 3;
            yield return 1;
            yield return 2;
        }
    }

    [Fact]
    public async Task Async_functions_are_awaited()
    {
        static async Task<int> AddOne(int x)
        {
            await Task.Delay(x % 5);
            return x + 1;
        }

        int[] inputs = [.. Enumerable.Range(0, 20)];
        IEnumerable<int> expected = Enumerable.Range(1, 20);
        Assert.Equal(expected, Pool.Map(AddOne, inputs));
        Assert.Equal(expected, await Pool.MapAsync(AddOne, inputs));
        Assert.Equal(expected, await Pool.MapOrdered(AddOne, inputs).ToArrayAsync());
        Assert.Equal(expected, (await Pool.MapUnordered(AddOne, inputs).ToArrayAsync()).Order());
        Assert.Equal(expected, Pool.Map(
            static async x =>
            {
                await Task.Yield();
                return x + 1;
            },
            inputs));
    }

    [Fact]
    public async Task For_each_does_it_for_each()
    {
        using SharedArray<int> done = new(60);
        Pool.ForEach(x => done[x]++, Enumerable.Range(0, 30));
        Pool.ForEach(
            async x =>
            {
                await Task.Delay(1);
                done[x]++;
            },
            Enumerable.Range(30, 30));

        Assert.All(done, static times => Assert.Equal(1, times));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    public void Reduced_results_are_combined_in_the_order_of_the_inputs(int? chunkSize)
    {
        // Appending is not commutative: any other order shows.
        Assert.Equal(
            string.Concat(Enumerable.Range(0, 50).Select(static x => $"{x},")),
            Pool.MapReduce(static x => $"{x},", static (left, right) => left + right, Enumerable.Range(0, 50), chunkSize));
        Assert.Equal(499_500L, Pool.MapReduce(static x => (long)x, static (a, b) => a + b, Enumerable.Range(0, 1000), chunkSize * 100));
    }

    [Fact]
    public void One_result_is_not_reduced()
    {
        Assert.Equal(25, Pool.MapReduce(static x => x * x, static (a, b) => throw new InvalidOperationException($"{a} and {b}"), [5]));
    }

    [Fact]
    public void All_work_side_by_side()
    {
        Assert.Equal(2, Pool.Processes);
        AssertAllWork(Pool);

        using IPool four = Create(4);
        Assert.Equal(4, four.Processes);
        AssertAllWork(four);
    }

    [Fact]
    public async Task No_more_run_at_once_than_the_pool_has()
    {
        using SharedValue<int> running = new();
        using SharedValue<int> most = new();
        int Watch(int x)
        {
            int now = running.Increment();
            for (int seen = most.Value; now > seen && most.CompareExchange(now, seen) != seen; seen = most.Value)
            {
            }

            // The first of each call waits for company: a worker that is still starting may be given all too little otherwise.
            Rendezvous.Await(() => x > 0 || most.Value >= 2);
            Thread.Sleep(5);
            running.Decrement();
            return x;
        }

        await Task.WhenAll(Pool.MapAsync(Watch, Enumerable.Range(0, 20), chunkSize: 1), Pool.MapAsync(Watch, Enumerable.Range(0, 20), chunkSize: 1));

        Assert.Equal(2, most.Value);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        int[] inputs = [1];
        Assert.Throws<ArgumentNullException>(() => Pool.Map((Func<int, int>)null!, inputs));
        Assert.Throws<ArgumentNullException>(() => Pool.Map((Func<int, Task<int>>)null!, inputs));
        Assert.Throws<ArgumentNullException>(() => Pool.Map(static x => x, (int[])null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Pool.MapAsync((Func<int, int>)null!, inputs));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Pool.MapAsync(static x => x, (int[])null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Pool.MapOrdered((Func<int, int>)null!, inputs).ToArrayAsync());
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Pool.MapUnordered(static x => x, (int[])null!).ToArrayAsync());
        Assert.Throws<ArgumentNullException>(() => Pool.MapReduce<int, int>(null!, static (a, b) => a + b, inputs));
        Assert.Throws<ArgumentNullException>(() => Pool.MapReduce(static x => x, null!, inputs));
        Assert.Throws<ArgumentNullException>(() => Pool.ForEach((Action<int>)null!, inputs));
        Assert.Throws<ArgumentNullException>(() => Pool.Run((Func<int>)null!));
        Assert.Throws<ArgumentNullException>(() => Pool.Run((Action)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Pool.RunAsync((Func<Task>)null!));

        Assert.Throws<ArgumentOutOfRangeException>(() => Pool.Map(static x => x, inputs, chunkSize: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Pool.MapAsync(static x => x, inputs, chunkSize: -1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Pool.MapOrdered(static x => x, inputs, chunkSize: 0).ToArrayAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Pool.MapUnordered(static x => x, inputs, chunkSize: 0).ToArrayAsync());
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool.MapReduce(static x => x, static (a, b) => a + b, inputs, chunkSize: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool.ForEach(static _ => { }, inputs, chunkSize: 0));
    }
}
