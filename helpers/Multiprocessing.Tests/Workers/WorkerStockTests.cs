using System.Diagnostics;
using Multiprocessing.Connections;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Workers;

/// <summary>The workers that wait to be used: which come, which stay, which go.</summary>
public sealed class WorkerStockTests(TestHost test) : IClassFixture<TestHost>, IDisposable
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(1);
    private static readonly TestTime Time = new();

    private readonly WorkerStock _stock = new(test.Host, usualSize: 2, IdleLimit, Time);
    private readonly List<WorkerConnection> _taken = [];

    public void Dispose()
    {
        foreach (WorkerConnection worker in _taken)
        {
            worker.Kill();
            worker.Closed.Wait();
        }

        _stock.Dispose();
    }

    [Fact]
    public void What_nobody_has_asked_for_goes_after_a_while()
    {
        _stock.Refill();
        Await(2);
        int[] ids = _stock.ProcessIds();
        Time.Pass();

        Assert.Empty(_stock.ProcessIds());
        Assert.True(Processes.AllEnd(ids));
    }

    [Fact]
    public void It_fills_even_if_workers_are_started_all_the_time()
    {
        Assert.True(Rendezvous.Await(() =>
        {
            _stock.Refill();
            return _stock.ProcessIds().Length == 2;
        }));
    }

    [Fact]
    public void What_was_asked_for_stays()
    {
        _stock.Prepare(3);
        Await(3);
        int[] ids = _stock.ProcessIds();
        Time.Pass();

        Assert.Equal(ids, _stock.ProcessIds());
        Assert.All(ids, static id => Assert.True(Processes.Exists(id)));
    }

    [Fact]
    public void The_rest_goes_and_what_was_asked_for_stays()
    {
        _stock.Refill();
        Await(2);
        _stock.Prepare(1);
        AwaitInTime(1);
        Time.Pass();

        // To ask had it filled once more, perhaps only now.
        Assert.InRange(_stock.ProcessIds().Length, 1, 2);
    }

    [Fact]
    public void What_was_asked_for_and_used_does_not_come_again()
    {
        _stock.Prepare(3);
        Await(3);
        int[] ids = _stock.ProcessIds();
        int[] taken = [Take().ProcessId, Take().ProcessId];
        Assert.Equal(ids[..2], taken);
        _stock.Refill();
        Await(2);

        // One was not used. The other one has come because a stock is in use, and goes.
        AwaitInTime(1);
        Take();
        _stock.Refill();
        Await(2);
        AwaitInTime(0);
    }

    [Fact]
    public void What_was_taken_before_it_was_there_does_not_come_again_either()
    {
        _stock.Prepare(4);
        Take();
        Take();
        Take();
        _stock.Refill();

        Await(2);
        AwaitInTime(1);
    }

    [Fact]
    public void What_was_asked_for_and_returned_unused_stays()
    {
        _stock.Prepare(2);
        Await(2);
        WorkerConnection unused = _stock.Take();
        _stock.Return(unused);
        Assert.Contains(unused.ProcessId, _stock.ProcessIds());

        // Meanwhile another one may have come in its place, and goes.
        AwaitInTime(2);
        Time.Pass();
        Assert.InRange(_stock.ProcessIds().Length, 2, 3);
    }

    [Fact]
    public void To_ask_for_less_than_is_there_changes_nothing()
    {
        _stock.Prepare(3);
        Await(3);
        _stock.Prepare(1);
        Time.Pass();

        Assert.Equal(3, _stock.ProcessIds().Length);
    }

    [Fact]
    public void What_was_asked_for_and_dies_is_replaced()
    {
        _stock.Prepare(3);
        Await(3);
        int[] ids = _stock.ProcessIds();
        Processes.Kill(ids[1]);
        Assert.True(Rendezvous.Await(() => !_stock.ProcessIds().Contains(ids[1]) && _stock.ProcessIds().Length == 3), Describe());

        // Not every system counts its processes upwards.
        Assert.Equivalent(new[] { ids[0], ids[2] }, _stock.ProcessIds().Intersect(ids), strict: true);
    }

    [Fact]
    public void Workers_that_cannot_live_are_not_replaced_for_ever()
    {
        using WorkerStock small = new(test.Host, usualSize: 1, IdleLimit, Time);
        small.Prepare(1);
        HashSet<int> killed = [];
        bool KillAll()
        {
            foreach (int id in small.ProcessIds().Where(killed.Add))
            {
                Processes.Kill(id);
            }

            return killed.Count >= 2;
        }

        // It, its successor, and perhaps one that came with the usual stock.
        Assert.True(Rendezvous.Await(KillAll), "It was not replaced.");
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(1))
        {
            KillAll();
            Thread.Sleep(10);
        }

        Assert.InRange(killed.Count, 2, 3);
        small.Prepare(1);
        Assert.True(Rendezvous.Await(() => small.ProcessIds().Except(killed).Any()), "Who asks again gets none.");
    }

    [Fact]
    public async Task Clearing_ends_what_was_asked_for_too_and_it_does_not_come_again()
    {
        _stock.Prepare(3);
        Await(3);
        int[] ids = _stock.ProcessIds();
        _stock.Clear();
        Assert.True(Processes.AllEnd(ids));
        await Task.Delay(300);

        Assert.Empty(_stock.ProcessIds());
    }

    private WorkerConnection Take()
    {
        WorkerConnection worker = _stock.Take();
        _taken.Add(worker);
        return worker;
    }

    /// <summary>Waits until there are so many, as time passes: one that was taken may have the stock filled once more when it is ready at last.</summary>
    private void AwaitInTime(int count) => Assert.True(
        Rendezvous.Await(() =>
        {
            Time.Pass();
            return _stock.ProcessIds().Length == count;
        }),
        $"Not {count}: {Describe()}");

    private void Await(int count) => Assert.True(Rendezvous.Await(() => _stock.ProcessIds().Length == count), $"Not {count}: {Describe()}");

    private string Describe() => string.Join(' ', _stock.ProcessIds());
}
