using System.Diagnostics;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Workers;

/// <summary>A process may take its time to start, half a minute where the portable launcher starts it on a busy machine. Nobody waits for it who need not.</summary>
public sealed class SlowStartTests : IDisposable
{
    private readonly SlowHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_process_that_is_being_started_can_be_asked_and_disposed_of()
    {
        WorkerProcess worker = new(_host.Workers, static () => Thread.Sleep(Timeout.Infinite));
        _host.HoldUp();
        Task starting = Task.Run(worker.Start);
        Assert.True(Rendezvous.Await(() => _host.Starting == 1));

        Assert.False(worker.IsAlive);
        Assert.Null(worker.ExitCode);
        Assert.EndsWith("not started", worker.ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(worker.Start);
        Assert.Throws<InvalidOperationException>(worker.Join);
        worker.Dispose();
        Assert.False(starting.IsCompleted);

        _host.LetGo();
        await starting;
        Assert.True(Processes.AllEnd([worker.Id]));
    }

    [Fact]
    public async Task Other_processes_are_started_and_joined_meanwhile()
    {
        using WorkerProcess slow = new(_host.Workers, static () => { });
        _host.HoldUp();
        Task starting = Task.Run(slow.Start);
        Assert.True(Rendezvous.Await(() => _host.Starting == 1));

        Task other;
        using (ExecutionContext.SuppressFlow())
        {
            other = Task.Run(() =>
            {
                using WorkerProcess quick = new(_host.Workers, static () => { });
                quick.Start();
                quick.Join();
            });
        }

        await other;
        Assert.False(starting.IsCompleted);
        _host.LetGo();
        await starting;
        slow.Join();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_calls_of_a_pool_go_on_with_the_others_and_so_does_its_end(bool duringCall)
    {
        await Task.Yield();
        WorkerPool pool = new(_host.Workers, 2);
        int[] workers = pool.WorkerIds();
        _host.HoldUp();
        if (duringCall)
        {
            Assert.Throws<WorkerDiedException>(() => pool.Run(static () => Environment.Exit(3)));
        }
        else
        {
            Process.GetProcessById(workers[0]).Kill();
        }

        // Its successor.
        Assert.True(Rendezvous.Await(() => _host.Starting == 1));

        Assert.Equal([1, 4, 9], pool.Map(static x => x * x, [1, 2, 3]));
        Assert.Equal([1, 4, 9], pool.MapOrdered(static x => x * x, [1, 2, 3]).ToBlockingEnumerable());
        Assert.Equal(5, pool.Run(static () => 5));
        Assert.Equal(6, await pool.RunAsync(static () => 6));
        Assert.Equal(1, _host.Starting);
        pool.Dispose();
        Assert.True(Processes.AllEnd(workers));

        // The one that comes too late for the pool ends at once.
        _host.LetGo();
        Assert.True(Rendezvous.Await(() => !_host.Workers.Live.List().Any(worker => worker.Name.StartsWith($"{pool.Name}.", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_call_of_which_a_worker_dies_goes_on_with_the_others()
    {
        // It may be the call that finds it missing first, or the pool.
        for (int round = 0; round < 10; round++)
        {
            using WorkerPool pool = new(_host.Workers, 2);
            pool.AssertUsable();
            _host.HoldUp();
            List<int> good = [];
            await Assert.ThrowsAsync<WorkerDiedException>(async () =>
            {
                await foreach (int x in pool.MapUnordered(static x => x == 5 ? Pools.DeathTests.Die("kill") : x, Enumerable.Range(0, 200), chunkSize: 1))
                {
                    good.Add(x);
                }
            });

            Assert.Equal(Enumerable.Range(0, 200).Except([5]), good.Order());
            _host.LetGo();
        }
    }

    [Fact]
    public async Task A_worker_that_cannot_be_replaced_is_tried_for_again_by_the_next_call_and_not_all_the_time()
    {
        await Task.Yield();
        using WorkerPool pool = new(_host.Workers, 2);
        int[] workers = pool.WorkerIds();
        _host.Refuses = true;
        Process.GetProcessById(workers[0]).Kill();
        Assert.True(Rendezvous.Await(() => _host.Refused > 0));

        Assert.Equal(20, pool.Map(
            static x =>
            {
                Thread.Sleep(20);
                return x;
            },
            Enumerable.Range(0, 20),
            chunkSize: 1).Length);
        Assert.InRange(_host.Refused, 1, 3);
        _host.Refuses = false;
        pool.AssertUsable();

        // Without any, it is told.
        _host.Refuses = true;
        Assert.Throws<WorkerDiedException>(() => pool.Map(static x => Pools.DeathTests.Die("kill"), [1, 2], chunkSize: 1));
        Assert.Throws<IOException>(() => pool.Map(static x => x, [1, 2, 3]));
    }

    [Fact]
    public async Task A_worker_that_has_done_all_it_may_goes_and_nobody_waits_for_its_successor()
    {
        await Task.Yield();
        using WorkerPool pool = new(_host.Workers, new WorkerPoolOptions { Processes = 2, MaxTasksPerWorker = 3 });
        pool.AssertUsable();
        _host.HoldUp();
        Assert.Equal([1, 4, 9, 16], pool.Map(static x => x * x, [1, 2, 3, 4], chunkSize: 1));
    }
}
