using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Workers;

/// <summary>A console may take its time, and nobody waits for it but who writes there.</summary>
[Collection(nameof(SurroundingsTests))]
public sealed class BlockedConsoleTests : IDisposable
{
    private readonly ManualResetEventSlim _gate = new();
    private readonly Task _blocked;
    private CapturedConsole? _console;

    public BlockedConsoleTests()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _blocked = Task.Run(PrintAsync);
        }

        Assert.True(Rendezvous.Await(() => _console is { HasHeldUp: true }));
    }

    public void Dispose()
    {
        _gate.Set();
        _blocked.Wait();
        _gate.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task Other_workers_are_started_asked_and_joined_meanwhile()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerProcess other = new(static () => Console.WriteLine("other"));
        other.Start();
        other.Join();

        Assert.False(other.IsAlive);
        Assert.Equal(0, other.ExitCode);
        Assert.Equal("other\n", console.Output);
        Assert.Equal(3, await WorkerProcess.RunAsync(static () => 3));
    }

    [Fact(Timeout = 30_000)]
    public async Task Pools_go_on_meanwhile()
    {
        await Task.Yield();
        using CapturedConsole console = new();
        using WorkerPool pool = new(2);

        Assert.Equal([1, 4, 9], pool.Map(static x => x * x, [1, 2, 3]));
        Assert.Equal(5, await pool.RunAsync(static () => 5));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_awaited_call_of_the_same_pool_goes_on_meanwhile()
    {
        using ManualResetEventSlim gate = new();
        using WorkerPool pool = new(2);
        Task blocked = Task.Run(async () =>
        {
            using CapturedConsole console = new() { Gate = gate };
            await pool.RunAsync(static () => Console.WriteLine("held up"));
        });

        Assert.NotSame(blocked, await Task.WhenAny(blocked, Task.Delay(500)));
        Assert.Equal(5, await pool.RunAsync(static () => 5));
        gate.Set();
        await blocked;
    }

    private void PrintAsync()
    {
        using CapturedConsole console = new() { Gate = _gate };
        _console = console;
        using WorkerProcess worker = new(static () => Console.WriteLine("held up"));
        worker.Start();
        worker.Join();
        Assert.Equal("held up\n", console.Output);
    }
}
