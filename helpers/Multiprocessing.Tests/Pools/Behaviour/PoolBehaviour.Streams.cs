namespace Multiprocessing.Tests.Pools.Behaviour;

/// <content>Results that come one by one.</content>
public abstract partial class PoolBehaviour
{
    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task An_ordered_stream_keeps_the_order(int? chunkSize)
    {
        List<int> results = [];
        await foreach (int x in Pool.MapOrdered(Uneven, Enumerable.Range(0, 60), chunkSize))
        {
            results.Add(x);
        }

        Assert.Equal(Enumerable.Range(0, 60), results);

        static int Uneven(int x)
        {
            Thread.Sleep(x % 10 == 0 ? 10 : 0);
            return x;
        }
    }

    [Fact]
    public async Task Results_come_while_others_are_still_being_made()
    {
        using SharedValue<bool> seen = new();
        bool HoldSecond(int x) => x == 0 || Rendezvous.Await(() => seen.Value);

        await foreach (bool inTime in Pool.MapOrdered(HoldSecond, [0, 1], chunkSize: 1))
        {
            Assert.True(inTime);
            seen.Value = true;
        }

        seen.Value = false;
        await foreach (bool inTime in Pool.MapUnordered(HoldSecond, [1, 0], chunkSize: 1))
        {
            Assert.True(inTime);
            seen.Value = true;
        }
    }

    [Fact]
    public async Task Slow_results_come_one_by_one_although_nobody_set_the_chunks()
    {
        using SharedValue<int> taken = new();
        bool Slow(int x)
        {
            Thread.Sleep(20);

            // It is done when those before it have come, but for one that the other worker may be at.
            return Rendezvous.Await(() => taken.Value >= x - 1);
        }

        await foreach (bool inTime in Pool.MapUnordered(Slow, Enumerable.Range(0, 20)))
        {
            Assert.True(inTime);
            taken.Increment();
        }

        Assert.Equal(20, taken.Value);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(true, 5)]
    [InlineData(false, null)]
    [InlineData(false, 5)]
    public async Task An_endless_source_is_read_no_further_than_a_bit_ahead(bool ordered, int? chunkSize)
    {
        int read = 0;
        bool closed = false;
        IEnumerable<int> Naturals()
        {
            try
            {
                while (true)
                {
                    yield return read;
                    Volatile.Write(ref read, read + 1);
                }
            }
            finally
            {
                closed = true;
            }
        }

        int taken = 0;
        await foreach (int _ in ordered ? Pool.MapOrdered(static x => x, Naturals(), chunkSize) : Pool.MapUnordered(static x => x, Naturals(), chunkSize))
        {
            if (++taken == 10)
            {
                int before;
                do
                {
                    before = Volatile.Read(ref read);
                    await Task.Delay(150);
                }
                while (Volatile.Read(ref read) != before && before < 10_000_000);

                Assert.InRange(before, 10, 1_000_000);
                break;
            }
        }

        Assert.True(closed, "The source was not disposed of.");
        AssertAllWork(Pool);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_goes_on_however_slowly_it_is_consumed(bool ordered)
    {
        int[] inputs = [.. Enumerable.Range(0, 2000)];
        List<int> results = [];
        await foreach (int x in ordered ? Pool.MapOrdered(static x => x, inputs) : Pool.MapUnordered(static x => x, inputs))
        {
            results.Add(x);
            if (x % 200 == 0)
            {
                await Task.Delay(5);
            }
        }

        Assert.Equal(inputs, results.Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_source_may_wait_for_results(bool ordered)
    {
        using SemaphoreSlim consumed = new(0);
        IEnumerable<int> Waiting()
        {
            for (int i = 0; i < 5; i++)
            {
                yield return i;
                Assert.True(consumed.Wait(TimeSpan.FromSeconds(60)), "No result came.");
            }
        }

        List<int> results = [];
        await foreach (int x in ordered ? Pool.MapOrdered(static x => x, Waiting(), chunkSize: 1) : Pool.MapUnordered(static x => x, Waiting(), chunkSize: 1))
        {
            results.Add(x);
            consumed.Release();
        }

        Assert.Equal(Enumerable.Range(0, 5), results);
    }

    [Fact]
    public async Task Nothing_runs_before_a_stream_is_read_and_it_can_be_read_again()
    {
        using SharedValue<int> run = new();
        IAsyncEnumerable<int> stream = Pool.MapOrdered(_ => run.Increment(), Enumerable.Range(0, 5), chunkSize: 1);
        await Task.Delay(100);
        Assert.Equal(0, run.Value);

        Assert.Equal([1, 2, 3, 4, 5], (await stream.ToArrayAsync()).Order());
        Assert.Equal([6, 7, 8, 9, 10], (await stream.ToArrayAsync()).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_map_within_the_loop_over_a_stream_of_the_same_pool_works(bool ordered)
    {
        int[] inputs = [.. Enumerable.Range(0, 50)];
        List<int> sums = [];
        await foreach (int x in ordered ? Pool.MapOrdered(static x => x, inputs) : Pool.MapUnordered(static x => x, inputs))
        {
            sums.Add(Pool.Map(y => y + x, [1, 2]).Sum() + Pool.Run(static () => 1));
        }

        Assert.Equal(inputs.Select(static x => (2 * x) + 4), sums.Order());
    }

    [Fact]
    public async Task Two_streams_of_one_pool_are_read_in_turns()
    {
        await using IAsyncEnumerator<int> odd = Pool.MapOrdered(static x => (2 * x) + 1, Enumerable.Range(0, 500)).GetAsyncEnumerator();
        await using IAsyncEnumerator<int> even = Pool.MapOrdered(static x => 2 * x, Enumerable.Range(0, 500)).GetAsyncEnumerator();
        List<int> both = [];
        while (await even.MoveNextAsync() && await odd.MoveNextAsync())
        {
            both.Add(even.Current);
            both.Add(odd.Current);
        }

        Assert.Equal(Enumerable.Range(0, 1000), both);
    }
}
