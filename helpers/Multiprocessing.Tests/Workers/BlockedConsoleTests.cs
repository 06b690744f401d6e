using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Workers;

/// <summary>A console may take its time, and nobody waits for it but who writes there.</summary>
public sealed class BlockedConsoleTests : IClassFixture<TestHost>, IDisposable
{
    private readonly ManualResetEventSlim _gate = new();
    private readonly Task _blocked;
    private readonly TestHost _test;
    private TestCell? _cell;

    public BlockedConsoleTests(TestHost test)
    {
        _test = test;
        using (ExecutionContext.SuppressFlow())
        {
            _blocked = Task.Run(Print);
        }

        Assert.True(Rendezvous.Await(() => _cell is { HasHeldUp: true }));
    }

    public void Dispose()
    {
        _gate.Set();
        _blocked.Wait();
        _gate.Dispose();
    }

    [Fact]
    public async Task Other_workers_are_started_asked_and_joined_meanwhile()
    {
        using TestCell cell = _test.BeginCell();
        using SharedValue<bool> isAwaited = new();
        using WorkerProcess other = new(_test.Host, () =>
        {
            // What it prints before that goes to whoever waits: the cell that is held up.
            Rendezvous.Await(() => isAwaited.Value);
            Console.WriteLine("other");
        });
        other.Start();
        Task waiting = other.WaitAsync();
        isAwaited.Value = true;
        await waiting;
        other.Join();

        Assert.False(other.IsAlive);
        Assert.Equal(0, other.ExitCode);
        Assert.Equal("other\n", cell.Output);
        Assert.Equal(3, await _test.RunAsync(static () => 3));
    }

    [Fact]
    public async Task Pools_go_on_meanwhile()
    {
        using TestCell cell = _test.BeginCell();
        using WorkerPool pool = new(_test.Host, 2);

        Assert.Equal([1, 4, 9], pool.Map(static x => x * x, [1, 2, 3]));
        Assert.Equal(5, await pool.RunAsync(static () => 5));
    }

    [Fact]
    public async Task An_awaited_call_of_the_same_pool_goes_on_meanwhile()
    {
        using ManualResetEventSlim gate = new();
        using WorkerPool pool = new(_test.Host, 2);
        Task blocked = Task.Run(async () =>
        {
            using TestCell cell = _test.BeginCell(gate);
            await pool.RunAsync(static () => Console.WriteLine("held up"));
        });

        Assert.NotSame(blocked, await Task.WhenAny(blocked, Task.Delay(500)));
        Assert.Equal(5, await pool.RunAsync(static () => 5));
        gate.Set();
        await blocked;
    }

    [Fact]
    public async Task A_worker_that_prints_between_calls_and_is_held_up_holds_up_none_of_them()
    {
        using ManualResetEventSlim gate = new();
        using ManualResetEventSlim isOver = new();

        // A host of its own: text that nobody in particular waits for goes to whoever waits, and that would be the other cell, too.
        using TestHost test = new();
        using WorkerPool pool = new(test.Host, 1);
        pool.WaitUntilReady();
        TestCell? other = null;
        using WorkerProcess silent = new(test.Host, static () => Thread.Sleep(Timeout.Infinite));
        silent.Start();
        Task waiting = Task.Run(() =>
        {
            using TestCell cell = test.BeginCell(gate);
            other = cell;
            while (!isOver.IsSet)
            {
                silent.Join(TimeSpan.FromSeconds(1));
            }
        });
        pool.Run(static () => new Thread(static () =>
        {
            while (true)
            {
                Thread.Sleep(5);
                Console.WriteLine("between");
            }
        }) { IsBackground = true }.Start());
        Assert.True(Rendezvous.Await(() => other is { HasHeldUp: true }));

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(i, pool.Run(() => i));
            Thread.Sleep(20);
        }

        gate.Set();
        isOver.Set();
        await waiting;
        silent.Kill();
    }

    private void Print()
    {
        using TestCell cell = _test.BeginCell(_gate);
        _cell = cell;
        using WorkerProcess worker = new(_test.Host, static () => Console.WriteLine("held up"));
        worker.Start();
        worker.Join();
        Assert.Equal("held up\n", cell.Output);
    }
}
