using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>Functions that end by themselves when they are told that their call is cancelled: their workers live on.</summary>
public class CooperativeCancellationTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    private readonly WorkerPool _pool = fixture.Pool;

    public static TheoryData<string> Ways =>
        ["Map", "MapOfTasks", "MapAsync", "MapAsyncOfTasks", "MapReduce", "ForEach", "ForEachOfTasks", "MapOrdered", "MapOrderedOfTasks", "MapUnordered", "Leaving", "Run", "RunOfTask", "RunAction", "RunAsync", "RunAsyncOfTask", "RunAsyncAction"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Workers_whose_function_ends_when_it_is_told_to_live_on(string way)
    {
        int[] before = _pool.WorkerIds();
        using SharedValue<int> begun = new();
        using SharedValue<int> told = new();
        using CancellationTokenSource cancellation = new();
        int Wait(int x, CancellationToken token)
        {
            if (x < 0)
            {
                return x;
            }

            begun.Increment();
            token.WaitHandle.WaitOne();
            told.Increment();
            throw new OperationCanceledException(token);
        }

        async Task<int> WaitAsync(int x, CancellationToken token)
        {
            begun.Increment();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                told.Increment();
            }

            return x;
        }

        static int Add(int a, int b) => a + b;
        CancellationToken given = cancellation.Token;
        int[] inputs = [.. Enumerable.Range(0, 1000)];
        Task call = way switch
        {
            "Map" => Task.Run(() => _pool.Map(Wait, inputs, chunkSize: 100, cancellationToken: given), CancellationToken.None),
            "MapOfTasks" => Task.Run(() => _pool.Map(WaitAsync, inputs, cancellationToken: given), CancellationToken.None),
            "MapAsync" => _pool.MapAsync(Wait, inputs, cancellationToken: given),
            "MapAsyncOfTasks" => _pool.MapAsync(WaitAsync, inputs, chunkSize: 10, cancellationToken: given),
            "MapReduce" => Task.Run(() => _pool.MapReduce(Wait, Add, inputs, cancellationToken: given), CancellationToken.None),
            "ForEach" => Task.Run(() => _pool.ForEach((x, token) => { Wait(x, token); }, inputs, cancellationToken: given), CancellationToken.None),
            "ForEachOfTasks" => Task.Run(() => _pool.ForEach(async (x, token) => { await WaitAsync(x, token); }, inputs, cancellationToken: given), CancellationToken.None),
            "MapOrdered" => _pool.MapOrdered(Wait, inputs, cancellationToken: given).ToArrayAsync(CancellationToken.None).AsTask(),
            "MapOrderedOfTasks" => _pool.MapOrdered(WaitAsync, inputs, cancellationToken: given).ToArrayAsync(CancellationToken.None).AsTask(),
            "MapUnordered" => _pool.MapUnordered(Wait, inputs, cancellationToken: given).ToArrayAsync(CancellationToken.None).AsTask(),
            "Leaving" => Leave(),
            "Run" => Task.Run(() => _pool.Run(token => Wait(0, token), given), CancellationToken.None),
            "RunOfTask" => Task.Run(() => _pool.Run(token => WaitAsync(0, token), given), CancellationToken.None),
            "RunAction" => Task.Run(() => _pool.Run(token => { Wait(0, token); }, given), CancellationToken.None),
            "RunAsync" => _pool.RunAsync(token => Wait(0, token), given),
            "RunAsyncOfTask" => _pool.RunAsync(token => WaitAsync(0, token), given),
            _ => _pool.RunAsync(token => { Wait(0, token); }, given),
        };
        int expected = way.StartsWith("Run", StringComparison.Ordinal) || way == "Leaving" ? 1 : 2;
        if (way == "Leaving")
        {
            await call;
        }
        else
        {
            Assert.True(Rendezvous.Await(() => begun.Value == expected), "They did not begin.");
            await cancellation.CancelAsync();
            OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            Assert.Equal(given, error.CancellationToken);
        }

        Assert.Equal(expected, told.Value);
        Assert.Equal(expected, begun.Value);
        Assert.Equal(before.Order(), _pool.WorkerIds().Order());

        async Task Leave()
        {
            await foreach (int result in _pool.MapUnordered(Wait, [-1, 1], chunkSize: 1))
            {
                Assert.Equal(-1, result);
                Assert.True(Rendezvous.Await(() => begun.Value == 1), "It did not begin.");
                break;
            }
        }
    }

    [Fact]
    public async Task The_stop_of_a_cell_tells_it_too()
    {
        using CancellationTokenSource stopping = new();
        using TestHost test = new() { Stop = stopping.Token };
        using WorkerPool pool = new(test.Host, 1);
        int before = pool.Run(static () => Environment.ProcessId);
        using SharedValue<int> told = new();
        using SharedValue<int> begun = new();
        void Wait(CancellationToken token)
        {
            begun.Increment();
            token.WaitHandle.WaitOne();
            told.Increment();
        }

        Task[] calls = [pool.RunAsync(Wait), test.RunAsync(Wait)];
        Assert.True(Rendezvous.Await(() => begun.Value == 2), "They did not begin.");
        await stopping.CancelAsync();
        foreach (Task call in calls)
        {
            OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            Assert.Equal(stopping.Token, error.CancellationToken);
        }

        Assert.Equal(2, told.Value);
        Assert.True(Processes.Exists(before));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_does_not_end_is_ended_with_its_worker(bool ofMap)
    {
        using WorkerPool pool = new(2);
        using SharedArray<int> spinning = new(2);
        using CancellationTokenSource cancellation = new();
        int Spin(int x, CancellationToken token)
        {
            spinning[x] = Environment.ProcessId;
            while (true)
            {
            }
        }

        Task call = ofMap ? pool.MapAsync(Spin, [0, 1], chunkSize: 1, cancellationToken: cancellation.Token) : pool.RunAsync(token => Spin(0, token), cancellation.Token);
        Assert.True(Rendezvous.Await(() => spinning.Count(static id => id != 0) == (ofMap ? 2 : 1)), "They did not begin.");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        int[] ended = [.. spinning.Where(static id => id != 0)];
        Assert.True(Processes.AllEnd(ended), "A function still runs.");
        Assert.Empty(pool.WorkerIds().Intersect(ended));
    }

    [Fact]
    public async Task What_a_function_returns_or_throws_after_it_was_told_is_nobody_s_concern()
    {
        int[] before = _pool.WorkerIds();
        using CancellationTokenSource cancellation = new();
        using SharedValue<int> begun = new();
        Task<byte[][]> call = _pool.MapAsync(
            (x, token) =>
            {
                begun.Increment();
                token.WaitHandle.WaitOne();
                return x == 0 ? new byte[3_000_000] : throw new InvalidDataException("late");
            },
            [0, 1],
            chunkSize: 1,
            cancellationToken: cancellation.Token);
        Assert.True(Rendezvous.Await(() => begun.Value == 2), "They did not begin.");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(before.Order(), _pool.WorkerIds().Order());
    }

    [Fact]
    public void What_has_been_registered_with_the_token_runs_on_a_stack_of_the_usual_size()
    {
        int[] before = _pool.WorkerIds();
        using CancellationTokenSource cancellation = new();
        using SharedValue<int> begun = new();
        using SharedValue<int> depth = new();
        using Timer cancelling = new(_ =>
        {
            if (begun.Value == 1)
            {
                cancellation.Cancel();
            }
        }, null, 0, 1);
        int Descend(int left) => left == 0 ? 0 : 1 + Descend(left - 1);

        Assert.ThrowsAny<OperationCanceledException>(() => _pool.Run(
            token =>
            {
                using ManualResetEventSlim over = new();
                using CancellationTokenRegistration registration = token.Register(() =>
                {
                    depth.Value = Descend(5000);
                    over.Set();
                    throw new InvalidOperationException("of no consequence");
                });
                begun.Value = 1;
                over.Wait(CancellationToken.None);
            },
            cancellation.Token));

        Assert.Equal(5000, depth.Value);
        Assert.Equal(before.Order(), _pool.WorkerIds().Order());
    }

    [Fact]
    public async Task A_worker_s_death_tells_the_others_to_end()
    {
        using WorkerPool pool = new(2);
        int[] before = pool.WorkerIds();
        using SharedValue<int> waiting = new();
        await Assert.ThrowsAsync<WorkerDiedException>(() => pool.MapAsync(
            (x, token) =>
            {
                if (x == 0)
                {
                    Rendezvous.Await(() => waiting.Value != 0);
                    Environment.Exit(3);
                }

                waiting.Value = Environment.ProcessId;
                token.WaitHandle.WaitOne();
                return x;
            },
            [0, 1],
            chunkSize: 1));

        Assert.Contains(waiting.Value, before);
        Assert.Contains(waiting.Value, pool.WorkerIds());
    }

    [Fact]
    public async Task A_call_that_is_cancelled_at_any_time_costs_no_worker()
    {
        int[] before = _pool.WorkerIds();
        byte[] large = new byte[200_000];
        for (int i = 0; i < 60; i++)
        {
            using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(i % 12));
            try
            {
                Assert.Equal(3000, (await _pool.MapAsync(
                    (x, token) =>
                    {
                        token.WaitHandle.WaitOne(x % 100 == 0 ? 1 : 0);
                        return large.Length + x;
                    },
                    Enumerable.Range(0, 3000),
                    cancellationToken: soon.Token)).Length);
            }
            catch (OperationCanceledException)
            {
            }
        }

        Assert.Equal(before.Order(), _pool.WorkerIds().Order());
    }

    [Fact]
    public async Task Cancelling_one_call_tells_no_other()
    {
        using CancellationTokenSource cancellation = new();
        using SharedValue<int> begun = new();
        using SharedValue<bool> cancelled = new();
        Task<bool> good = _pool.RunAsync(token =>
        {
            begun.Increment();
            Rendezvous.Await(() => cancelled.Value);
            return token.IsCancellationRequested;
        });
        Task bad = _pool.RunAsync(
            token =>
            {
                begun.Increment();
                token.WaitHandle.WaitOne();
            },
            cancellation.Token);
        Assert.True(Rendezvous.Await(() => begun.Value == 2), "They did not begin.");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bad);
        cancelled.Value = true;

        Assert.False(await good);
        Assert.Equal([false, false], _pool.Map(static (_, token) => token.IsCancellationRequested, [1, 2], chunkSize: 1));
    }
}
