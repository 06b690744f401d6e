namespace Multiprocessing.Tests.Pools;

/// <summary>What goes to the workers of a pool and what comes back.</summary>
public class ShippingTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    private readonly WorkerPool _pool = fixture.Pool;

    [Fact]
    public void Inputs_of_every_kind_go()
    {
        Assert.Equal(["1 a", "2 b"], _pool.Map(static pair => $"{pair.Item1} {pair.Item2}", new[] { (1, "a"), (2, "b") }));
        Assert.Equal([3.0, 0.5], _pool.Map(static numbers => numbers.Sum(), new[] { [1.0, 2.0], new[] { 0.5 } }));
        Assert.Equal([5, 7], _pool.Map(static point => point.X + point.Y, new[] { new Point(2, 3), new Point(3, 4) }));
        Assert.Equal([2, 1], _pool.Map(static map => map["k"].Count, new[] { new Dictionary<string, List<int>> { ["k"] = [1, 2] }, new() { ["k"] = [1] } }));
        Assert.Equal([11, 20], _pool.Map(static function => function(10), new Func<int, int>[] { static x => x + 1, static x => x * 2 }));
        Assert.Equal(["Int32", "String", "null", "Point", "Int32[]"], _pool.Map(static o => o?.GetType().Name ?? "null", new object?[] { 1, "text", null, new Point(1, 2), new[] { 1 } }));
        Assert.Equal([DayOfWeek.Saturday], _pool.Map(static day => day + 1, new[] { DayOfWeek.Friday }));
        Assert.Equal([true, false], _pool.Map(static type => type.IsValueType, new[] { typeof(int), typeof(string) }));
        Assert.Equal(["옷", "🙂"], _pool.Map(static text => text, new[] { "옷", "🙂" }));
    }

    [Fact]
    public void Results_of_every_kind_come_back()
    {
        int[] inputs = [1, 2];
        Assert.Equal([new Point(1, 2), new Point(2, 3)], _pool.Map(static x => new Point(x, x + 1), inputs));
        Assert.Equal([[1], [2, 2]], _pool.Map(static x => Enumerable.Repeat(x, x).ToArray(), inputs));
        Assert.Equal([(1, "1"), (2, "2")], _pool.Map(static x => (x, $"{x}"), inputs));
        Assert.Equal([11, 12], _pool.Map(static x => (Func<int, int>)(y => x + y), inputs).Select(static function => function(10)));
        Assert.Equal([1, "2"], _pool.Map(static x => x == 1 ? (object)x : $"{x}", inputs));
        Assert.Equal([null, 2], _pool.Map(static x => x == 1 ? (int?)null : x, inputs));
        Assert.Equal([1, 3], _pool.Map(static x => Enumerable.Range(1, x), inputs).Select(static sequence => sequence.Sum()));
        Assert.IsType<FormatException>(_pool.Map<int, Exception>(static x => new FormatException($"{x}"), inputs)[0]);
    }

    [Fact]
    public void A_large_input_and_a_large_result_arrive_whole()
    {
        double[][] blocks = [.. Enumerable.Range(1, 4).Select(static i => Enumerable.Range(0, 1_000_000).Select(x => (double)x * i).ToArray())];

        double[][] doubled = _pool.Map(static block => Array.ConvertAll(block, static number => number * 2), blocks);

        for (int i = 0; i < blocks.Length; i++)
        {
            Assert.Equal(1_000_000, doubled[i].Length);
            Assert.Equal(999_999.0 * (i + 1) * 2, doubled[i][^1]);
        }
    }

    [Fact]
    public void Inputs_that_are_the_same_object_are_the_same_value_each_time()
    {
        List<int> shared = [1, 2, 3];

        // What a function does to its input stays in its worker, and does not show in the next one.
        int[] lengths = _pool.Map(
            static list =>
            {
                list.Add(0);
                return list.Count;
            },
            Enumerable.Repeat(shared, 6), chunkSize: 1);

        Assert.All(lengths, static length => Assert.Equal(4, length));
        Assert.Equal(3, shared.Count);
    }

    // CPython: test_unpickleable_result. loky: a result that cannot be pickled in the worker.
    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    public async Task A_result_that_cannot_be_sent_fails_its_input_alone(int? chunkSize)
    {
        List<object?> good = [];
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(async () =>
        {
            await foreach (object? result in _pool.MapUnordered(static x => x == 2 ? Thread.CurrentThread : (object)x, Enumerable.Range(0, 8), chunkSize))
            {
                good.Add(result);
            }
        });

        Assert.Equal(2, error.InputIndex);
        Assert.IsType<NotShippableException>(error.InnerException);
        Assert.Equal([0, 1, 3, 4, 5, 6, 7], good.Cast<int>().Order());
        Assert.Equal(2, Assert.Throws<WorkerException>(() => _pool.Map(static x => x == 2 ? Thread.CurrentThread : (object)x, Enumerable.Range(0, 8), chunkSize)).InputIndex);
        _pool.AssertUsable();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    public async Task A_result_that_cannot_be_rebuilt_here_fails_its_input_alone(int? chunkSize)
    {
        int home = Environment.ProcessId;
        object Make(int x) => x == 2 ? new HashSet<Key> { new(home, KeyDeed.Throw) } : x;

        List<object> good = [];
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(async () =>
        {
            await foreach (object result in _pool.MapUnordered(Make, Enumerable.Range(0, 8), chunkSize))
            {
                good.Add(result);
            }
        });

        Assert.Equal(2, error.InputIndex);
        Assert.Contains("no hash", error.ToString(), StringComparison.Ordinal);
        Assert.Equal([0, 1, 3, 4, 5, 6, 7], good.Cast<int>().Order());
        _pool.AssertUsable();
    }

    // loky: TestExecutorDeadLock's ErrorAtUnpickle as an argument.
    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    public async Task An_input_that_cannot_be_rebuilt_in_the_worker_fails_alone(int? chunkSize)
    {
        // Made and hashed here, hashed again there.
        object[] inputs = [.. Enumerable.Range(0, 8).Select(static x => x == 2 ? new HashSet<Key> { new(Environment.ProcessId, KeyDeed.ThrowElsewhere) } : (object)x)];
        List<string> good = [];
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(async () =>
        {
            await foreach (string result in _pool.MapUnordered(static input => input.GetType().Name, inputs, chunkSize))
            {
                good.Add(result);
            }
        });

        Assert.Equal(2, error.InputIndex);
        Assert.Contains("no hash", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(7, good.Count);
        _pool.AssertUsable();
    }

    // Large arrays stand behind each other, and behind the inputs: none may be taken for another one.
    [Fact]
    public void An_input_that_cannot_be_rebuilt_leaves_its_large_arrays_to_no_other_one()
    {
        using SharedValue<int> mistaken = new();
        object[][] inputs = [.. Enumerable.Range(0, 8).Select(static x => new object[] { x == 2 ? new TrapObject() : "", x, Enumerable.Repeat(x, 10_000).ToArray() })];
        WorkerException error = Assert.Throws<WorkerException>(() => _pool.ForEach(
            input =>
            {
                if (((int[])input[2])[0] != (int)input[1])
                {
                    mistaken.Increment();
                }
            },
            inputs,
            chunkSize: 8));

        Assert.Equal(2, error.InputIndex);
        Assert.Contains("a trap", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, mistaken.Value);
        _pool.AssertUsable();
    }

    // CPython: test_map_unplicklable. loky: test_exception_not_shippable on the way in.
    [Fact]
    public async Task An_input_that_cannot_be_sent_is_refused_with_its_place()
    {
        object[] inputs = [0, 1, 2, Thread.CurrentThread, 4];

        NotShippableException refusal = Assert.Throws<NotShippableException>(() => _pool.Map(static x => x.ToString(), inputs));
        Assert.Contains("3", refusal.Path, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotShippableException>(() => _pool.MapAsync(static x => x.ToString(), inputs, chunkSize: 5));
        await Assert.ThrowsAsync<NotShippableException>(async () => await _pool.MapOrdered(static x => x.ToString(), inputs).ToArrayAsync());
        await Assert.ThrowsAsync<NotShippableException>(async () => await _pool.MapUnordered(static x => x.ToString(), inputs).ToArrayAsync());
        _pool.AssertUsable();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(20)]
    public async Task An_input_that_cannot_be_sent_fails_alone(int? chunkSize)
    {
        object[] inputs = [.. Enumerable.Range(0, 60).Select(static x => x is 17 or 18 or 59 ? Thread.CurrentThread : (object)x)];
        int[] others = [.. Enumerable.Range(0, 60).Except([17, 18, 59])];
        using SharedArray<int> ran = new(60);
        int Work(object x)
        {
            Interlocked.Increment(ref ran.Span[(int)x]);
            return (int)x;
        }

        NotShippableException error = Assert.Throws<NotShippableException>(() => _pool.Map(Work, inputs, chunkSize));
        Assert.Equal(17, error.InputIndex);
        Assert.StartsWith("input 17", error.Path, StringComparison.Ordinal);
        Assert.Equal([18, 59], error.OtherExceptions.Select(static other => Assert.IsType<NotShippableException>(other).InputIndex!.Value));
        Assert.All(others, x => Assert.Equal(1, ran[x]));

        List<int> good = [];
        error = await Assert.ThrowsAsync<NotShippableException>(async () => await CollectAsync(_pool.MapUnordered(Work, inputs, chunkSize)));
        Assert.Equal(17, error.InputIndex);
        Assert.Equal(others, good.Order());

        good.Clear();
        await Assert.ThrowsAsync<NotShippableException>(async () => await CollectAsync(_pool.MapOrdered(Work, inputs, chunkSize)));
        Assert.Equal(Enumerable.Range(0, 17), good);
        _pool.AssertUsable();

        async Task CollectAsync(IAsyncEnumerable<int> results)
        {
            await foreach (int x in results)
            {
                good.Add(x);
            }
        }
    }

    [Fact]
    public void Of_an_input_that_cannot_be_sent_and_one_that_throws_the_first_is_thrown()
    {
        object[] inputs = [0, "not a number", 2, Thread.CurrentThread];

        WorkerException error = Assert.Throws<WorkerException>(() => _pool.Map(static x => (int)x, inputs));
        Assert.Equal(1, error.InputIndex);
        Assert.Equal(3, Assert.IsType<NotShippableException>(Assert.Single(error.OtherExceptions)).InputIndex);
        NotShippableException refusal = Assert.Throws<NotShippableException>(() => _pool.Map(static x => (int)x, inputs.Reverse()));
        Assert.Equal(2, Assert.IsType<WorkerException>(Assert.Single(refusal.OtherExceptions)).InputIndex);
    }

    [Fact]
    public async Task A_function_that_cannot_be_sent_is_refused_with_the_way_to_what_cannot()
    {
        Stream log = Stream.Null;
        int Write(int x)
        {
            log.WriteByte((byte)x);
            return x;
        }

        Assert.Contains("log", Assert.Throws<NotShippableException>(() => _pool.Map(Write, [1, 2])).Path, StringComparison.Ordinal);
        Assert.Contains("log", (await Assert.ThrowsAsync<NotShippableException>(() => _pool.MapAsync(Write, [1, 2]))).Path, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotShippableException>(async () => await _pool.MapUnordered(Write, [1, 2]).ToArrayAsync());
        Assert.Throws<NotShippableException>(() => _pool.MapReduce(static x => x, (a, b) => a + Write(b), [1, 2]));
        Assert.Throws<NotShippableException>(() => _pool.Run(log.Flush));
        await Assert.ThrowsAsync<NotShippableException>(() => _pool.RunAsync(() => Write(1)));
        _pool.AssertUsable();
    }

    internal sealed record Point(int X, int Y);
}
