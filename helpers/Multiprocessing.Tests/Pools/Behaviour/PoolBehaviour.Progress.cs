namespace Multiprocessing.Tests.Pools.Behaviour;

/// <content>What is reported meanwhile.</content>
public abstract partial class PoolBehaviour
{
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Progress_grows_and_ends_with_the_number_of_inputs(int? chunkSize)
    {
        Reports map = new(), async = new(), ordered = new(), unordered = new(), reduce = new(), each = new();
        int[] inputs = [.. Enumerable.Range(0, 300)];
        Pool.Map(static x => x, inputs, chunkSize, map);
        await Pool.MapAsync(static x => x, inputs, chunkSize, async);
        await Pool.MapOrdered(static x => x, inputs, chunkSize, ordered).ToArrayAsync();
        await Pool.MapUnordered(static x => x, inputs, chunkSize, unordered).ToArrayAsync();
        Pool.MapReduce(static x => x, static (a, b) => a + b, inputs, chunkSize, reduce);
        Pool.ForEach(static x => { }, inputs, chunkSize, each);

        Assert.All([map, async, ordered, unordered, reduce, each], static reports =>
        {
            int[] values = reports.Values;
            Assert.Equal(300, values[^1]);
            Assert.All(values.Zip(values.Skip(1)), static pair => Assert.True(pair.First < pair.Second, $"{pair.First}, then {pair.Second}"));
        });
    }

    [Fact]
    public void Of_slow_inputs_each_is_reported_when_it_is_done()
    {
        Reports reports = new();
        Pool.Map(
            static x =>
            {
                Thread.Sleep(30);
                return x;
            },
            Enumerable.Range(0, 12), progress: reports);

        Assert.Equal(Enumerable.Range(1, 12), reports.Values);
    }

    [Fact]
    public void Progress_is_reported_while_the_map_runs()
    {
        using SharedValue<bool> reported = new();
        Assert.All(Pool.Map(x => x == 0 || Rendezvous.Await(() => reported.Value), [0, 1], chunkSize: 1, new Callback(_ => reported.Value = true)), Assert.True);
    }

    [Fact]
    public void Inputs_that_failed_count_as_done()
    {
        Reports reports = new();
        Assert.ThrowsAny<Exception>(() => { Pool.Map(static x => x % 2 == 0 ? throw new FormatException() : x, Enumerable.Range(0, 10), chunkSize: 1, reports); });

        Assert.Equal(10, reports.Values[^1]);
    }

    [Fact]
    public void A_progress_callback_may_use_the_pool()
    {
        int answers = 0;
        Callback callback = new(_ => answers += Pool.Run(static () => 1));

        // It works or is refused; what it must not do is hang.
        Exception? error = Record.Exception(() => { Pool.Map(static x => x, Enumerable.Range(0, 6), chunkSize: 1, callback); });

        Assert.True(error is InvalidOperationException || (error is null && answers > 0), $"{error}");
        AssertAllWork(Pool);
    }

    [Fact]
    public void A_progress_callback_that_throws_does_not_break_the_pool()
    {
        Exception? error = Record.Exception(() => { Pool.Map(static x => x, Enumerable.Range(0, 6), chunkSize: 1, new Callback(static _ => throw new FormatException("no bar"))); });

        Assert.True(error is null or FormatException, $"{error}");
        AssertAllWork(Pool);
    }

    private sealed class Callback(Action<int> action) : IProgress<int>
    {
        public void Report(int value) => action(value);
    }
}
