namespace Multiprocessing.Tests.Pools;

/// <summary>Workers that die while their results are streamed: one input fails, the others are done.</summary>
public class StreamDeathTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(null)]
    public async Task Exactly_the_input_that_was_executing_fails_and_each_begins_once(int? chunkSize)
    {
        using WorkerPool pool = new(2);
        using SharedArray<int> begun = new(20);
        int Work(int x)
        {
            Interlocked.Increment(ref begun.Span[x]);
            return x is 3 or 12 ? DeathTests.Die("kill") : x;
        }

        List<int> good = [];
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(async () =>
        {
            await foreach (int x in pool.MapUnordered(Work, Enumerable.Range(0, 20), chunkSize))
            {
                good.Add(x);
            }
        });

        Assert.Equal(3, error.InputIndex);
        Assert.Equal(Enumerable.Range(0, 20).Except([3, 12]), good.Order());
        Assert.All(begun, static times => Assert.Equal(1, times));
        pool.AssertUsable();
    }

    [Fact]
    public async Task An_ordered_stream_gives_what_is_before_the_input_that_died()
    {
        using WorkerPool pool = new(2);
        List<int> good = [];
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(async () =>
        {
            await foreach (int x in pool.MapOrdered(static x => x == 6 ? DeathTests.Die("kill") : x, Enumerable.Range(0, 20), chunkSize: 4))
            {
                good.Add(x);
            }
        });

        Assert.Equal(6, error.InputIndex);
        Assert.Equal(Enumerable.Range(0, 6), good);
        pool.AssertUsable();
    }

    [Fact]
    public async Task Results_still_come_from_the_others_after_a_death()
    {
        using WorkerPool pool = new(2);
        using SharedValue<bool> seen = new();
        int Work(int x) => x switch
        {
            0 => DeathTests.Die("exit"),
            5 => Rendezvous.Await(() => seen.Value) ? 5 : -5,
            _ => x,
        };

        List<int> good = [];
        await Assert.ThrowsAsync<WorkerDiedException>(async () =>
        {
            await foreach (int x in pool.MapUnordered(Work, Enumerable.Range(0, 6), chunkSize: 1))
            {
                good.Add(x);
                seen.Value = true;
            }
        });

        Assert.Equal([1, 2, 3, 4, 5], good.Order());
    }

    [Fact]
    public async Task When_many_die_the_first_is_told_and_all_others_are_done()
    {
        using WorkerPool pool = new(2);
        List<int> good = [];
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(async () =>
        {
            await foreach (int x in pool.MapUnordered(static x => x % 4 == 1 ? DeathTests.Die("exit") : x, Enumerable.Range(0, 24)))
            {
                good.Add(x);
            }
        });

        Assert.Equal(1, error.InputIndex);
        Assert.Equal(Enumerable.Range(0, 24).Where(static x => x % 4 != 1), good.Order());
        pool.AssertUsable();
    }

    // One by one, so that what is not begun waits behind one death after the other.
    [Theory(IsLong = true)]
    [InlineData("exit", 1)]
    [InlineData("kill", 1)]
    [InlineData("kill", null)]
    public async Task Of_hundreds_of_deaths_each_is_charged_to_its_input_and_nothing_is_lost(string death, int? chunkSize)
    {
        using WorkerPool pool = new(2);
        using SharedArray<int> begun = new(400);
        int Work(int x)
        {
            Interlocked.Increment(ref begun.Span[x]);
            return x % 4 == 1 ? DeathTests.Die(death) : x;
        }

        await AssertOnlyFail(1, pool.MapUnordered(Work, Enumerable.Range(0, 400), chunkSize), Enumerable.Range(0, 400));

        Assert.All(begun, static times => Assert.Equal(1, times));
        pool.AssertUsable();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(null)]
    public async Task An_input_that_kills_whoever_reads_it_fails_alone(int? chunkSize)
    {
        using WorkerPool pool = new(2);
        object[] inputs = [.. Enumerable.Range(0, 24).Select(static x => x % 4 == 1 ? new HashSet<Key> { new(Environment.ProcessId, KeyDeed.ExitElsewhere) } : (object)x)];

        await AssertOnlyFail(1, pool.MapUnordered(static x => x is int number ? number : -1, inputs, chunkSize), Enumerable.Range(0, 24));

        pool.AssertUsable();
    }

    /// <summary>Of each four inputs, one fails: it alone, and once.</summary>
    private static async Task AssertOnlyFail(int remainder, IAsyncEnumerable<int> results, IEnumerable<int> inputs)
    {
        List<int> good = [];
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(async () =>
        {
            await foreach (int x in results)
            {
                good.Add(x);
            }
        });

        Assert.Equal(inputs.Where(x => x % 4 != remainder), good.Order());
        Assert.Equal(inputs.Where(x => x % 4 == remainder), error.OtherExceptions.Prepend(error).Select(static death => Assert.IsType<WorkerDiedException>(death).InputIndex!.Value));
    }

    [Fact]
    public async Task A_death_and_an_exception_in_one_stream_are_told_by_the_first_in_input_order()
    {
        using WorkerPool pool = new(2);
        static int Work(int x) => x switch
        {
            2 => throw new FormatException("two"),
            5 => DeathTests.Die("exit"),
            _ => x,
        };

        WorkerException error = await Assert.ThrowsAsync<WorkerException>(async () => await pool.MapUnordered(Work, Enumerable.Range(0, 8)).ToArrayAsync());

        Assert.Equal(2, error.InputIndex);
        Assert.Equal(5, Assert.IsType<WorkerDiedException>(Assert.Single(error.OtherExceptions)).InputIndex);
        pool.AssertUsable();
    }
}
