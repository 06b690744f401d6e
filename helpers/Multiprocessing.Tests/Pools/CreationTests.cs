using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

public class CreationTests
{
    [Fact]
    public void A_pool_has_a_worker_for_each_processor_unless_told_otherwise()
    {
        using WorkerPool usual = new();
        using WorkerPool three = new(3);

        Assert.Equal(Environment.ProcessorCount, usual.Processes);
        Assert.Equal(3, three.Processes);
        Assert.Equal(3, three.WorkerIds().Length);
        Assert.DoesNotContain(Environment.ProcessId, three.WorkerIds());
    }

    // CPython: test_pool_maxtasksperchild_invalid.
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_pool_without_workers_is_refused(int processes)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(processes));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPoolOptions { MaxTasksPerWorker = processes });
    }

    [Fact]
    public void Workers_stay_from_call_to_call()
    {
        using WorkerPool pool = new(2);

        Assert.Equal(pool.WorkerIds().Order(), pool.WorkerIds().Order());
    }

    [LauncherFact]
    public void Two_pools_have_workers_of_their_own_and_no_worker_serves_twice()
    {
        int[] first;
        using (WorkerPool pool = new(2))
        using (WorkerPool other = new(2))
        {
            first = [.. pool.WorkerIds(), .. other.WorkerIds()];
        }

        Assert.Equal(4, first.Distinct().Count());
        using WorkerPool next = new(2);
        Assert.Empty(next.WorkerIds().Intersect(first));
    }

    [LauncherFact]
    public void Prepared_workers_are_there_before_they_are_needed()
    {
        using TestHost test = new();

        // After the first pool there is nothing to rehearse.
        new WorkerPool(test.Host, 1).Dispose();
        WorkerPool.Prepare(test.Host, 4);
        Assert.True(Rendezvous.Await(() => test.Host.Stock.ProcessIds().Length >= 4), "They were not started.");

        // The usual stock of a machine with many processors is larger. Those that have waited longest are taken.
        int[] prepared = test.Host.Stock.ProcessIds()[..4];

        using WorkerPool pool = new(test.Host, 4);
        Assert.Equal(prepared.Order(), pool.WorkerIds().Order());
    }

    [LauncherFact]
    public async Task What_is_rehearsed_meanwhile_takes_none_of_them_and_leaves_nothing()
    {
        using MisbehavingProgram parent = MisbehavingProgram.Start("pool prepare");
        int id = parent.Process.Id;
        Assert.Equal("ready", await parent.Process.StandardOutput.ReadLineAsync());
        Assert.True(Rendezvous.Await(() => Processes.Descendants(id).Count == 3), string.Join(' ', Processes.Descendants(id)));
        IReadOnlyList<int> prepared = Processes.Descendants(id);
        await parent.Process.StandardInput.WriteLineAsync();

        Assert.Equal("Pool-1: 3 worker processes", await parent.Process.StandardOutput.ReadLineAsync());
        Assert.Equal(prepared.Order(), (await parent.Process.StandardOutput.ReadLineAsync())!.Split(' ').Select(int.Parse).Order());
    }
}
