namespace Multiprocessing.Tests.Pools;

/// <summary>A function and what it captured go to each worker once for each call.</summary>
public class CaptureTests
{
    [Fact]
    public void A_large_capture_does_not_go_with_each_input()
    {
        using WorkerPool pool = new(2);
        byte[] large = new byte[5_000_000];
        large[^1] = 7;

        // How many copies of it this worker has had by now: what comes again is another object.
        int CountCopies(int input)
        {
            if (!ReferenceEquals(s_copy, large))
            {
                s_copy = large;
                s_copies++;
            }

            Assert.Equal(7, large[^1]);
            return s_copies;
        }

        Assert.All(pool.Map(CountCopies, Enumerable.Range(0, 2000)), static copies => Assert.Equal(1, copies));
        Assert.All(pool.Map(CountCopies, Enumerable.Range(0, 100), chunkSize: 1), static copies => Assert.InRange(copies, 1, 2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    public void What_an_input_changes_the_next_one_of_its_worker_sees_but_not_the_next_call(int? chunkSize)
    {
        using WorkerPool pool = new(1);
        int count = 0;
        List<int> list = [];
        int Count(int x)
        {
            list.Add(x);
            return ++count + list.Count;
        }

        IEnumerable<int> expected = Enumerable.Range(1, 12).Select(static x => 2 * x);
        Assert.Equal(expected, pool.Map(Count, Enumerable.Range(0, 12), chunkSize));
        Assert.Equal(expected, pool.Map(Count, Enumerable.Range(0, 12), chunkSize));
        Assert.Equal((0, 0), (count, list.Count));
    }

    [Fact]
    public void Each_call_has_the_variables_as_they_are_when_it_begins()
    {
        using WorkerPool pool = new(2);
        int factor = 1;
        List<int[]> results = [];
        for (; factor <= 3; factor++)
        {
            results.Add(pool.Map(x => x * factor, Enumerable.Range(1, 3)));
        }

        Assert.Equal([[1, 2, 3], [2, 4, 6], [3, 6, 9]], results);
    }

    [Fact]
    public async Task Two_calls_at_once_do_not_see_each_other_s_captured_variables()
    {
        using WorkerPool pool = new(1);
        Task<int[]>[] calls = [.. Enumerable.Range(0, 4).Select(call =>
        {
            int count = 100 * call;
            return pool.MapAsync(_ => ++count, Enumerable.Range(0, 20), chunkSize: 1);
        })];
        int[][] results = await Task.WhenAll(calls);

        for (int call = 0; call < 4; call++)
        {
            Assert.Equal(Enumerable.Range((100 * call) + 1, 20), results[call]);
        }
    }

    [Fact]
    public void Shared_objects_are_shared()
    {
        using WorkerPool pool = new(2);
        using SharedArray<int> array = new(1000);
        using SharedValue<long> sum = new();
        using ProcessLock gate = new();
        using SharedValue<int> guarded = new();
        array[999] = 5;
        pool.ForEach(
            x =>
            {
                array[x] = x + array[999];
                sum.Add(x);
                using (gate.EnterScope())
                {
                    guarded.Value = guarded.Value + 1;
                }
            },
            Enumerable.Range(0, 500));

        Assert.Equal(Enumerable.Range(5, 500), array.Take(500));
        Assert.Equal(499L * 250, sum.Value);
        Assert.Equal(500, guarded.Value);
    }

    [Fact]
    public void Shared_objects_are_shared_as_inputs_and_results_too()
    {
        using WorkerPool pool = new(2);
        SharedValue<int>[] counters = [.. Enumerable.Range(0, 6).Select(static x => new SharedValue<int>(x))];
        pool.ForEach(static counter => counter.Add(100), counters);
        Assert.Equal(Enumerable.Range(100, 6), counters.Select(static counter => counter.Value));

        SharedArray<int>[] made = pool.Map(static x => new SharedArray<int>([x, x * x]), Enumerable.Range(0, 6));
        Assert.Equal(Enumerable.Range(0, 6).Select(static x => x * x), made.Select(static array => array[1]));
        Array.ForEach(counters, static counter => counter.Dispose());
        Array.ForEach(made, static array => array.Dispose());
    }

    [Fact]
    public void Static_fields_start_fresh_and_stay_with_the_worker()
    {
        using WorkerPool pool = new(1);
        s_count = 50;

        Assert.Equal([1, 2, 3], pool.Map(static _ => ++s_count, Enumerable.Range(0, 3)));
        Assert.Equal(4, pool.Run(static () => ++s_count));
        Assert.Equal(50, s_count);
    }

    private static int s_count;
    private static byte[]? s_copy;
    private static int s_copies;
}
