namespace Multiprocessing.Tests.Pools;

/// <summary>How far a stream is ahead of whoever reads it.</summary>
public class StreamWindowTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    private readonly WorkerPool _pool = fixture.Pool;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_large_inputs_only_so_many_are_drawn_as_come_to_some_megabytes(bool ordered)
    {
        int drawn = 0;
        IEnumerable<byte[]> Large()
        {
            while (true)
            {
                Interlocked.Increment(ref drawn);
                yield return new byte[1_000_000];
            }
        }

        int taken = 0;
        await foreach (byte[] large in Stream(ordered, static x => x, Large()))
        {
            Assert.Equal(1_000_000, large.Length);
            await Task.Delay(30);
            Assert.InRange(Volatile.Read(ref drawn), taken, taken + 64);
            if (++taken == 20)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task Of_small_inputs_with_large_results_only_so_many_are_begun()
    {
        using SharedValue<int> begun = new();
        byte[] Enlarge(int x)
        {
            begun.Increment();
            return new byte[4_000_000];
        }

        int taken = 0;
        await foreach (byte[] _ in _pool.MapUnordered(Enlarge, Enumerable.Range(0, 1000)))
        {
            await Task.Delay(30);
            Assert.InRange(begun.Value, taken, taken + 64);
            if (++taken == 20)
            {
                break;
            }
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 5)]
    [InlineData(false, 1)]
    [InlineData(false, 5)]
    public async Task Never_more_are_pending_than_the_caller_wants(bool ordered, int maxPending)
    {
        int drawn = 0;
        IEnumerable<int> Hundred()
        {
            for (int i = 0; i < 100; i++)
            {
                Interlocked.Increment(ref drawn);
                yield return i;
            }
        }

        int taken = 0;
        await foreach (int _ in Stream(ordered, static x => x, Hundred(), maxPending))
        {
            taken++;
            await Task.Delay(taken % 10 == 0 ? 20 : 0);
            Assert.InRange(Volatile.Read(ref drawn), taken, taken + maxPending);
        }

        Assert.Equal(100, taken);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, 7)]
    public async Task Of_inputs_that_are_all_there_no_more_are_begun(bool ordered, int? chunkSize)
    {
        using SharedValue<int> begun = new();
        int Work(int x)
        {
            begun.Increment();
            return x;
        }

        int taken = 0;
        await foreach (int _ in Stream(ordered, Work, new int[200], maxPending: 10, chunkSize))
        {
            taken++;
            await Task.Delay(taken % 10 == 0 ? 20 : 0);
            Assert.InRange(begun.Value, taken, taken + 10);
        }

        Assert.Equal(200, taken);
    }

    [Fact]
    public async Task An_input_that_fails_is_not_pending()
    {
        List<int> good = [];
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(async () =>
        {
            await foreach (int x in _pool.MapUnordered(static x => x % 2 == 0 ? throw new FormatException("even") : x, Enumerable.Range(0, 100).Where(static x => x >= 0), maxPending: 3))
            {
                good.Add(x);
            }
        });

        Assert.Equal(49, error.OtherExceptions.Count);
        Assert.Equal(Enumerable.Range(0, 100).Where(static x => x % 2 == 1), good.Order());
    }

    [Fact]
    public void None_at_all_is_an_error()
    {
        Assert.Equal("maxPending", Assert.Throws<ArgumentOutOfRangeException>(() => _pool.MapOrdered(static x => x, [1], maxPending: 0)).ParamName);
        Assert.Equal("maxPending", Assert.Throws<ArgumentOutOfRangeException>(() => _pool.MapUnordered(static x => x, [1], maxPending: -1)).ParamName);
    }

    private IAsyncEnumerable<TResult> Stream<T, TResult>(bool ordered, Func<T, TResult> function, IEnumerable<T> source, int? maxPending = null, int? chunkSize = null) =>
        ordered ? _pool.MapOrdered(function, source, chunkSize, maxPending: maxPending) : _pool.MapUnordered(function, source, chunkSize, maxPending: maxPending);
}
