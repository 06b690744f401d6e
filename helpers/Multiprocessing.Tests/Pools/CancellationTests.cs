using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>What threads cannot do: end a function in the middle of a loop.</summary>
public class CancellationTests
{
    public static TheoryData<string> Ways => ["Map", "MapAsync", "MapReduce", "ForEach", "MapOrdered", "MapUnordered", "WithCancellation", "Run", "RunAsync"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Cancelling_a_call_ends_the_functions_that_run(string way)
    {
        using WorkerPool pool = new(2);
        using SharedArray<int> spinning = new(2);
        using CancellationTokenSource cancellation = new();
        int Spin(int x)
        {
            spinning[x] = Environment.ProcessId;
            while (true)
            {
            }
        }

        static int Add(int a, int b) => a + b;
        CancellationToken token = cancellation.Token;
        int[] inputs = [0, 1];
        int expected = way.StartsWith("Run", StringComparison.Ordinal) ? 1 : 2;
        Task call = way switch
        {
            "Map" => Task.Run(() => pool.Map(Spin, inputs, cancellationToken: token), CancellationToken.None),
            "MapAsync" => pool.MapAsync(Spin, inputs, cancellationToken: token),
            "MapReduce" => Task.Run(() => pool.MapReduce(Spin, Add, inputs, cancellationToken: token), CancellationToken.None),
            "ForEach" => Task.Run(() => pool.ForEach(x => { Spin(x); }, inputs, cancellationToken: token), CancellationToken.None),
            "MapOrdered" => pool.MapOrdered(Spin, inputs, cancellationToken: token).ToArrayAsync(CancellationToken.None).AsTask(),
            "MapUnordered" => pool.MapUnordered(Spin, inputs, cancellationToken: token).ToArrayAsync(CancellationToken.None).AsTask(),
            "WithCancellation" => pool.MapUnordered(Spin, inputs, cancellationToken: CancellationToken.None).ToArrayAsync(token).AsTask(),
            "Run" => Task.Run(() => pool.Run(() => Spin(0), token), CancellationToken.None),
            _ => pool.RunAsync(() => Spin(0), token),
        };
        Assert.True(Rendezvous.Await(() => spinning.Count(static id => id != 0) == expected), "They did not begin.");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        int[] ended = [.. spinning.Where(static id => id != 0)];
        Assert.True(Processes.AllEnd(ended), "A function still runs.");
        Assert.Empty(pool.WorkerIds().Intersect(ended));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Breaking_off_a_stream_ends_the_functions_that_run(bool ordered)
    {
        using WorkerPool pool = new(2);
        using SharedValue<int> spinning = new();
        int Spin(int x)
        {
            if (x == 0)
            {
                return Rendezvous.Await(() => spinning.Value != 0) ? 0 : -1;
            }

            spinning.Value = Environment.ProcessId;
            while (true)
            {
            }
        }

        await foreach (int x in ordered ? pool.MapOrdered(Spin, [0, 1], chunkSize: 1) : pool.MapUnordered(Spin, [0, 1], chunkSize: 1))
        {
            Assert.Equal(0, x);
            break;
        }

        Assert.True(Processes.AllEnd([spinning.Value]), "The function still runs.");
        pool.AssertUsable();
    }

    [Fact]
    public async Task Cancelling_one_call_leaves_the_others_alone()
    {
        using WorkerPool pool = new(2);
        using SharedValue<bool> cancelled = new();
        using SharedValue<int> spinning = new();
        using CancellationTokenSource cancellation = new();
        Task<bool> good = pool.RunAsync(() => Rendezvous.Await(() => cancelled.Value));
        Task<int> bad = pool.RunAsync(
            () =>
            {
                spinning.Value = Environment.ProcessId;
                Thread.Sleep(Timeout.Infinite);
                return 0;
            },
            cancellation.Token);
        Assert.True(Rendezvous.Await(() => spinning.Value != 0), "It did not begin.");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bad);
        cancelled.Value = true;

        Assert.True(await good);
        Assert.True(Processes.AllEnd([spinning.Value]));
    }

    [Fact]
    public async Task Cancelling_while_a_large_capture_is_under_way_does_no_harm()
    {
        using WorkerPool pool = new(2);
        byte[] large = new byte[40_000_000];
        for (int i = 0; i < 8; i++)
        {
            using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(1 + (5 * i)));
            try
            {
                Assert.Equal(6, (await pool.MapAsync(x => large.Length + x, Enumerable.Range(0, 6), cancellationToken: soon.Token)).Length);
            }
            catch (OperationCanceledException)
            {
            }
        }

        pool.AssertUsable();
    }

    [Fact]
    public async Task Cancelling_ends_what_a_source_waits_for()
    {
        using WorkerPool pool = new(2);
        using System.Collections.Concurrent.BlockingCollection<int> queue = [1];
        using CancellationTokenSource cancellation = new();
        List<int> results = [];

        // The source watches the same token, as sources that wait should.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (int x in pool.MapUnordered(static x => x, queue.GetConsumingEnumerable(cancellation.Token), chunkSize: 1, cancellationToken: cancellation.Token))
            {
                results.Add(x);
                await cancellation.CancelAsync();
            }
        });

        Assert.Equal([1], results);
        pool.AssertUsable();
    }
}
