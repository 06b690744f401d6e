namespace Multiprocessing.Tests.Pools.Behaviour;

/// <content>Calls that are cancelled, as far as threads can be: between inputs.</content>
public abstract partial class PoolBehaviour
{
    [Fact]
    public async Task Every_wait_ends_soon_when_it_is_cancelled()
    {
        using SharedValue<int> begun = new();
        int Slow(int x)
        {
            begun.Increment();
            Thread.Sleep(20);
            return x;
        }

        static int Add(int a, int b) => a + b;
        IEnumerable<int> inputs = Enumerable.Range(0, 5000);
        Func<CancellationToken, Task>[] ways =
        [
            token => Task.Run(() => Pool.Map(Slow, inputs, cancellationToken: token), CancellationToken.None),
            token => Pool.MapAsync(Slow, inputs, chunkSize: 10, cancellationToken: token),
            token => Task.Run(() => Pool.MapReduce(Slow, Add, inputs, cancellationToken: token), CancellationToken.None),
            token => Task.Run(() => Pool.ForEach(x => { Slow(x); }, inputs, cancellationToken: token), CancellationToken.None),
            async token => await Pool.MapOrdered(Slow, inputs, cancellationToken: token).ToArrayAsync(CancellationToken.None),
            async token => await Pool.MapUnordered(Slow, inputs, cancellationToken: token).ToArrayAsync(CancellationToken.None),
            async token => await Pool.MapUnordered(Slow, inputs, cancellationToken: CancellationToken.None).ToArrayAsync(token),
        ];
        foreach (Func<CancellationToken, Task> way in ways)
        {
            begun.Value = 0;
            using CancellationTokenSource cancellation = new();
            Task running = way(cancellation.Token);
            Assert.True(Rendezvous.Await(() => begun.Value >= 4), "Nothing began.");
            await cancellation.CancelAsync();
            OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

            Assert.True(error.CancellationToken.IsCancellationRequested);
            Assert.InRange(begun.Value, 1, 1000);
            int after = begun.Value;
            await Task.Delay(60);
            Assert.Equal(after, begun.Value);
            AssertAllWork(Pool);
        }
    }

    [Fact]
    public async Task A_function_with_a_token_is_told_and_nothing_more_is_begun()
    {
        using SharedValue<int> begun = new();
        using SharedValue<int> told = new();
        using CancellationTokenSource cancellation = new();
        Task running = Pool.MapAsync(
            (x, token) =>
            {
                begun.Increment();
                token.WaitHandle.WaitOne();
                told.Increment();
                token.ThrowIfCancellationRequested();
                return x;
            },
            Enumerable.Range(0, 100),
            chunkSize: 10,
            cancellationToken: cancellation.Token);
        Assert.True(Rendezvous.Await(() => begun.Value == 2), "They did not begin.");
        await cancellation.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal(2, told.Value);
        Assert.Equal(2, begun.Value);
        AssertAllWork(Pool);
    }

    [Fact]
    public async Task A_token_says_nothing_of_a_call_that_is_not_cancelled()
    {
        using CancellationTokenSource cancellation = new();

        Assert.DoesNotContain(true, await Pool.MapAsync(static (_, token) => token.IsCancellationRequested, Enumerable.Range(0, 100), cancellationToken: cancellation.Token));
    }

    [Fact]
    public async Task What_is_cancelled_beforehand_does_not_begin()
    {
        using SharedValue<int> begun = new();
        int[] inputs = [1, 2, 3];
        CancellationToken cancelled = new(canceled: true);

        Assert.ThrowsAny<OperationCanceledException>(() => Pool.Map(_ => begun.Increment(), inputs, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pool.MapAsync(_ => begun.Increment(), inputs, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.MapOrdered(_ => begun.Increment(), inputs, cancellationToken: cancelled).ToArrayAsync(CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.MapUnordered(_ => begun.Increment(), inputs, cancellationToken: cancelled).ToArrayAsync(CancellationToken.None));
        Assert.ThrowsAny<OperationCanceledException>(() => Pool.Run(() => begun.Increment(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pool.RunAsync(() => begun.Increment(), cancelled));
        Assert.Equal(0, begun.Value);
    }

    [Fact]
    public async Task What_waits_for_its_turn_can_be_cancelled_alone()
    {
        using SharedValue<bool> go = new();
        using SharedValue<int> begun = new();
        bool Hold()
        {
            begun.Increment();
            return Rendezvous.Await(() => go.Value);
        }

        Task<bool>[] running = [Pool.RunAsync(Hold), Pool.RunAsync(Hold)];
        Assert.True(Rendezvous.Await(() => begun.Value == 2), "They did not begin.");
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pool.RunAsync(Hold, soon.Token));
        go.Value = true;

        Assert.All(await Task.WhenAll(running), Assert.True);
        Assert.Equal(2, begun.Value);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_after_the_end_does_no_harm()
    {
        using CancellationTokenSource cancellation = new();
        Assert.Equal([1, 2], Pool.Map(static x => x, [1, 2], cancellationToken: cancellation.Token));
        Assert.Equal(1, await Pool.RunAsync(static () => 1, cancellation.Token));
        await cancellation.CancelAsync();

        AssertAllWork(Pool);
    }
}
