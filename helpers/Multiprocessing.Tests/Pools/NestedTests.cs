using System.Reflection;
using Multiprocessing.Tests.Serialization.Assemblies;

namespace Multiprocessing.Tests.Pools;

/// <summary>Pools in pools.</summary>
public class NestedTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    private readonly WorkerPool _pool = fixture.Pool;

    // loky: nested pools. CPython refuses them: its workers are daemons, which may have no children.
    [Fact]
    public void A_worker_can_have_a_pool_of_its_own()
    {
        (int Sum, int Outer, int[] Inner)[] results = _pool.Map(
            static x =>
            {
                using WorkerPool inner = new(2);
                int[] squares = inner.Map(y => (x * 10) + y, [1, 2, 3]);
                return (squares.Sum(), Environment.ProcessId, inner.WorkerIds());
            },
            [1, 2]);

        Assert.Equal([36, 66], results.Select(static result => result.Sum));
        Assert.All(results, static result => Assert.DoesNotContain(result.Outer, result.Inner));
        Assert.Equal(4, results.SelectMany(static result => result.Inner).Distinct().Count());
    }

    [Fact]
    public void A_worker_s_own_workers_answer_with_types_that_it_alone_has_loaded()
    {
        byte[] image = LibraryFolder.Image("OnlyInTheWorker", "public class Thing { public static object Make(int x) => x < 0 ? throw new Trouble() : new Thing(); } public class Trouble : System.Exception { }");

        Assert.Equal((true, true, true), _pool.Run(() =>
        {
            Assembly library = Assembly.Load(image);
            Func<int, object> make = library.GetType("Thing")!.GetMethod("Make")!.CreateDelegate<Func<int, object>>();
            using WorkerPool inner = new(1);
            object mapped = inner.Map(make, [1])[0];
            object returned = inner.Run(() => make(1));
            WorkerException error = Assert.Throws<WorkerException>(() => inner.Run(() => make(-1)));
            return (mapped.GetType().Assembly == library, returned.GetType().Assembly == library, error.InnerException!.GetType().Assembly == library);
        }));
    }

    [Fact]
    public void An_error_in_an_inner_pool_is_told_with_both_inputs()
    {
        WorkerException error = Assert.Throws<WorkerException>(() => _pool.Map(
            static x =>
            {
                using WorkerPool inner = new(1);
                return inner.Map(y => y == 2 && x == 1 ? throw new FormatException("deep") : y, [0, 1, 2]).Length;
            },
            [0, 1]));

        Assert.Equal(1, error.InputIndex);
        Assert.Equal(2, Assert.IsType<WorkerException>(error.InnerException).InputIndex);
        Assert.IsType<FormatException>(error.InnerException.InnerException);
        _pool.AssertUsable();
    }

    [LauncherFact]
    public void The_workers_of_a_worker_that_is_killed_end_with_it()
    {
        using WorkerPool pool = new(1);
        using SharedArray<int> inner = new(2);
        Assert.Throws<WorkerDiedException>(() => pool.Run(() =>
        {
            WorkerPool own = new(2);
            own.WorkerIds().CopyTo(inner.Span);
            DeathTests.Die("kill");
        }));

        Assert.DoesNotContain(0, inner);
        Assert.True(Workers.Processes.AllEnd(inner), "The inner workers are still there.");
    }

    [Fact]
    public async Task A_captured_pool_is_refused_with_the_way_to_it()
    {
        WorkerPool pool = _pool;
        NotShippableException refusal = Assert.Throws<NotShippableException>(() => pool.Map(x => pool.Processes + x, [1]));

        Assert.Contains("pool", refusal.Path, StringComparison.Ordinal);
        Assert.Equal(typeof(WorkerPool), refusal.Culprit);
        await Assert.ThrowsAsync<NotShippableException>(() => WorkerProcess.RunAsync(() => pool.Processes));
        pool.AssertUsable();
    }

    [Fact]
    public async Task Threads_of_many_calls_do_not_starve_each_other()
    {
        // Each blocks a thread while it waits.
        int[] sums = await Task.WhenAll(Enumerable.Range(0, 12).Select(call => Task.Factory.StartNew(
            () => _pool.Map(x => x + call, Enumerable.Range(0, 50)).Sum(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(Enumerable.Range(0, 12).Select(static call => 1225 + (50 * call)), sums);
    }
}
