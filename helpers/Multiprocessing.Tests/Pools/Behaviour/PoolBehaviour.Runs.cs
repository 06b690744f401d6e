namespace Multiprocessing.Tests.Pools.Behaviour;

/// <content>Single functions, and many calls at once.</content>
public abstract partial class PoolBehaviour
{
    [Fact]
    public async Task A_function_of_any_kind_runs()
    {
        using SharedValue<int> done = new();
        static async Task<int> Five()
        {
            await Task.Delay(1);
            return 5;
        }

        async Task Increment()
        {
            await Task.Delay(1);
            done.Increment();
        }

        Assert.Equal(7, Pool.Run(static () => 7));
        Assert.Equal(5, Pool.Run(Five));
        Pool.Run(() => { done.Increment(); });
        Pool.Run(Increment);
        Assert.Equal(7, await Pool.RunAsync(static () => 7));
        Assert.Equal(5, await Pool.RunAsync(Five));
        await Pool.RunAsync(() => { done.Increment(); });
        await Pool.RunAsync(Increment);

        Assert.Equal(4, done.Value);
    }

    [Fact]
    public async Task Two_hundred_at_once_all_answer()
    {
        int[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(x => Pool.RunAsync(() => x * x)));

        Assert.Equal(Enumerable.Range(0, 200).Select(static x => x * x), answers);
    }

    [Fact]
    public async Task Two_threads_map_at_once()
    {
        int[][] results = await Task.WhenAll(Enumerable.Range(0, 2).Select(thread => Task.Run(() =>
            Enumerable.Range(0, 10).SelectMany(round => Pool.Map(x => x + (100 * round) + (10_000 * thread), Enumerable.Range(0, 20))).ToArray())));

        Assert.Equal(Enumerable.Range(0, 200).Select(static x => (x % 20) + (x / 20 * 100)), results[0]);
        Assert.Equal(results[0].Select(static x => x + 10_000), results[1]);
    }

    [Fact]
    public async Task A_short_call_does_not_wait_for_the_end_of_a_long_one()
    {
        using SharedValue<bool> enough = new();
        Task<bool[]> mapping = Pool.MapAsync(
            _ =>
            {
                // Some 20 seconds, if nobody lets them go.
                Thread.Sleep(enough.Value ? 0 : 10);
                return enough.Value;
            },
            Enumerable.Range(0, 4000), chunkSize: 1);

        Assert.Equal(3, await Pool.RunAsync(static () => 3));
        bool before = mapping.IsCompleted;
        enough.Value = true;
        bool[] results = await mapping;

        Assert.False(before, "The run had to wait for the whole map.");
        Assert.Contains(true, results);
    }

    [Fact]
    public async Task A_function_that_throws_has_no_input()
    {
        Failure failure = Pool.Describe(await Assert.ThrowsAnyAsync<Exception>(() => Pool.RunAsync(static () => throw new FormatException("bad"))));

        Assert.Null(failure.Index);
        Assert.Equal("bad", Assert.IsType<FormatException>(failure.Original).Message);
        Assert.Empty(failure.Others);
        Assert.IsType<FormatException>(Pool.Describe(Assert.ThrowsAny<Exception>(() => { Pool.Run(new Func<int>(static () => throw new FormatException())); })).Original);
        Assert.IsType<TimeoutException>(Pool.Describe(await Assert.ThrowsAnyAsync<Exception>(() => Pool.RunAsync(static async () =>
        {
            await Task.Yield();
            throw new TimeoutException();
        }))).Original);
        Assert.Equal(1, Pool.Run(static () => 1));
    }
}
