using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Multiprocessing.Tests.Pools;

/// <summary>Streams whose inputs are awaited themselves.</summary>
public class AsyncSourceTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    private readonly WorkerPool _pool = fixture.Pool;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_input_comes_to_a_result(bool ordered)
    {
        static async Task<int> AddAsync(int x)
        {
            await Task.Yield();
            return x + 1;
        }

        IAsyncEnumerable<int>[] streams = ordered
            ? [_pool.MapOrdered(static x => x + 1, Count(1000)), _pool.MapOrdered(AddAsync, Count(1000)), _pool.MapOrdered(static (x, _) => x + 1, Count(1000)), _pool.MapOrdered(static (x, _) => AddAsync(x), Count(1000))]
            : [_pool.MapUnordered(static x => x + 1, Count(1000)), _pool.MapUnordered(AddAsync, Count(1000)), _pool.MapUnordered(static (x, _) => x + 1, Count(1000)), _pool.MapUnordered(static (x, _) => AddAsync(x), Count(1000))];
        foreach (IAsyncEnumerable<int> stream in streams)
        {
            int[] results = await stream.ToArrayAsync();
            Assert.Equal(Enumerable.Range(1, 1000), ordered ? results : results.Order());
        }
    }

    [Fact]
    public async Task Results_come_while_the_source_waits_for_its_next_input()
    {
        Channel<int> inputs = Channel.CreateUnbounded<int>();
        await using IAsyncEnumerator<int> results = _pool.MapOrdered(static x => x * x, inputs.Reader.ReadAllAsync()).GetAsyncEnumerator();
        for (int x = 0; x < 20; x++)
        {
            ValueTask<bool> next = results.MoveNextAsync();
            await inputs.Writer.WriteAsync(x);
            Assert.True(await next);
            Assert.Equal(x * x, results.Current);
        }

        inputs.Writer.Complete();
        Assert.False(await results.MoveNextAsync());
    }

    [Fact]
    public async Task An_endless_source_is_read_no_further_than_the_results_are_taken()
    {
        Witness witness = new();
        int taken = 0;
        await foreach (int result in _pool.MapOrdered(static x => x, Endless(witness), chunkSize: 1, maxPending: 5))
        {
            Assert.Equal(taken++, result);
            await Task.Delay(5);
            Assert.InRange(witness.Drawn, taken, taken + 5);
            if (taken == 20)
            {
                break;
            }
        }

        Assert.True(witness.IsDisposed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_leaves_or_cancels_has_the_source_end(bool leaves)
    {
        Witness witness = new();
        using CancellationTokenSource cancellation = new();
        async Task ReadAsync()
        {
            await foreach (int result in _pool.MapUnordered(static x => x, OneThenNone(witness), cancellationToken: cancellation.Token))
            {
                Assert.Equal(7, result);
                Assert.False(witness.IsDisposed);
                if (leaves)
                {
                    break;
                }

                await cancellation.CancelAsync();
            }
        }

        if (leaves)
        {
            await ReadAsync();
        }
        else
        {
            OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(ReadAsync);
            Assert.True(error.CancellationToken.IsCancellationRequested);
        }

        Assert.True(witness.IsDisposed);
        _pool.AssertUsable();
    }

    [Fact]
    public async Task What_the_source_throws_comes_after_the_results_of_the_inputs_before()
    {
        static async IAsyncEnumerable<int> Fail()
        {
            yield return 1;
            await Task.Yield();
            yield return 2;
            throw new InvalidDataException("mine");
        }

        List<int> results = [];
        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (int result in _pool.MapOrdered(static x => x, Fail()))
            {
                results.Add(result);
            }
        });

        Assert.Equal("mine", error.Message);
        Assert.Equal([1, 2], results);
    }

    [Fact]
    public async Task A_function_that_throws_ends_the_stream_and_the_source()
    {
        Witness witness = new();
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(async () =>
        {
            await foreach (int result in _pool.MapOrdered(static x => x == 3 ? throw new FormatException() : x, Endless(witness)))
            {
                Assert.InRange(result, 0, 2);
            }
        });

        Assert.Equal(3, error.InputIndex);
        Assert.True(witness.IsDisposed);
    }

    [Fact]
    public async Task A_source_that_never_answers_does_not_hold_up_whoever_leaves()
    {
        static async IAsyncEnumerable<int> Stuck()
        {
            yield return 1;
            await new TaskCompletionSource().Task;
        }

        await foreach (int result in _pool.MapUnordered(static x => x, Stuck()))
        {
            Assert.Equal(1, result);
            break;
        }

        _pool.AssertUsable();
    }

    [Fact]
    public void Nothing_is_refused_later_that_can_be_refused_at_once()
    {
        Assert.Throws<ArgumentNullException>("source", () => _pool.MapOrdered(static x => x, (IAsyncEnumerable<int>)null!));
        Assert.Throws<ArgumentNullException>("function", () => _pool.MapUnordered((Func<int, int>)null!, Count(1)));
        Assert.Throws<ArgumentOutOfRangeException>("maxPending", () => _pool.MapUnordered(static x => x, Count(1), maxPending: 0));
    }

    private static async IAsyncEnumerable<int> Count(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (i % 100 == 0)
            {
                await Task.Yield();
            }

            yield return i;
        }
    }

    private static async IAsyncEnumerable<int> Endless(Witness witness)
    {
        try
        {
            while (true)
            {
                yield return witness.Drawn++;
                await Task.Yield();
            }
        }
        finally
        {
            witness.IsDisposed = true;
        }
    }

    private static async IAsyncEnumerable<int> OneThenNone(Witness witness, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            yield return 7;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            witness.IsDisposed = true;
        }
    }

    /// <summary>What became of a source.</summary>
    private sealed class Witness
    {
        private volatile int _drawn;
        private volatile bool _isDisposed;

        public int Drawn
        {
            get => _drawn;
            set => _drawn = value;
        }

        public bool IsDisposed
        {
            get => _isDisposed;
            set => _isDisposed = value;
        }
    }
}
