using System.Collections.Concurrent;
using System.Diagnostics;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Queues;

/// <summary>Users of queues, killed at any moment.</summary>
public class QueueStressTests
{
    private const int Kills = 300;
    private const int FewestKills = 30;
    private const int AtATime = 3;
    private const int MostNumbers = 20_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [LauncherFact(IsLong = true, Timeout = 300_000)]
    public async Task Producers_that_are_killed_at_any_moment_leave_whole_items_and_stop_nobody()
    {
        using ProcessQueue<long[]> queue = new();
        using SharedValue<bool> enough = new();
        ConcurrentDictionary<long, long> received = new();
        Task consumer = Task.Factory.StartNew(
            () =>
            {
                foreach (long[] item in queue.GetConsumingEnumerable())
                {
                    // Who, which, and then so many times the same.
                    long expected = received.GetValueOrDefault(item[0]);
                    Assert.Equal(expected, item[1]);
                    Assert.False(item.AsSpan(2).ContainsAnyExcept(item[1]));
                    Assert.Equal(LengthOf(item[1]), item.Length);
                    received[item[0]] = expected + 1;
                }
            },
            TaskCreationOptions.LongRunning);
        Task<long> survivor = WorkerProcess.RunAsync(() =>
        {
            long sent = Produce(queue, -1, enough);
            queue.CompleteAdding();
            return sent;
        });
        int kills = await KillAsync(number => () => Produce(queue, number, enough), number => received.ContainsKey(number) || consumer.IsCompleted);
        enough.Value = true;
        long sent = await survivor;
        await consumer;

        Assert.True(received.Count > kills, $"{received.Count} producers were heard of.");
        Assert.Equal(sent, received[-1]);
    }

    [LauncherFact(IsLong = true, Timeout = 300_000)]
    public async Task Consumers_that_are_killed_at_any_moment_take_at_most_one_item_each_with_them()
    {
        using ProcessQueue<int> queue = new(1000);
        using SharedArray<byte> taken = new(MostNumbers);
        using SharedValue<bool> enough = new();
        Task<int> producer = WorkerProcess.RunAsync(() => EnqueueNumbers(queue, enough));
        void Consume()
        {
            foreach (int item in queue.GetConsumingEnumerable())
            {
                taken[item]++;
            }
        }

        int kills = await KillAsync(_ => Consume, static _ => true);
        enough.Value = true;
        Consume();
        int sent = await producer;

        int lost = taken.Span[..sent].Count((byte)0);
        Assert.InRange(lost, 0, kills + AtATime);
        Assert.Equal(sent - lost, taken.Span[..sent].Count((byte)1));
        Assert.True(queue.IsCompleted);
    }

    [LauncherFact(IsLong = true, Timeout = 300_000)]
    public async Task Consumers_that_are_killed_before_they_acknowledge_take_no_item_with_them()
    {
        using ProcessQueue<int> queue = new(1000);
        using SharedArray<byte> taken = new(MostNumbers);
        using SharedValue<bool> enough = new();
        Task<int> producer = WorkerProcess.RunAsync(() => EnqueueNumbers(queue, enough));
        void Consume()
        {
            foreach (QueueItem<int> item in queue.GetConsumingItems())
            {
                taken[item.Value]++;
                item.Acknowledge();
            }
        }

        int kills = await KillAsync(_ => Consume, static _ => true);
        enough.Value = true;
        Consume();
        int sent = await producer;
        queue.Join();

        Assert.Equal(0, taken.Span[..sent].Count((byte)0));
        Assert.InRange(taken.Take(sent).Sum(static times => times), sent, sent + kills + AtATime);
        Assert.True(queue.IsCompleted);
    }

    /// <returns>How many were killed: fewer on a machine that is so busy that it starts hardly any process.</returns>
    private static async Task<int> KillAsync(Func<int, Action> function, Func<int, bool> hasBegun)
    {
        Random moments = new(7);
        Stopwatch watch = Stopwatch.StartNew();
        int round = 0;
        for (; round < Kills / AtATime && (watch.Elapsed < Limit || round < FewestKills / AtATime); round++)
        {
            IEnumerable<int> numbers = Enumerable.Range((round * AtATime) + 1, AtATime);
            await Victims.KillAsync(numbers.Select(function), () => numbers.All(hasBegun), moments);
        }

        return round * AtATime;
    }

    private static int EnqueueNumbers(ProcessQueue<int> queue, SharedValue<bool> enough)
    {
        int count = 0;
        for (; !enough.Value && count < MostNumbers; count++)
        {
            queue.Enqueue(count);
        }

        // Whoever takes them goes on until it is killed, even if they were quicker.
        SpinWait.SpinUntil(() => enough.Value);
        queue.CompleteAdding();
        return count;
    }

    private static long Produce(ProcessQueue<long[]> queue, long who, SharedValue<bool> enough)
    {
        long which = 0;
        for (; !enough.Value; which++)
        {
            long[] item = new long[LengthOf(which)];
            item.AsSpan(2).Fill(which);
            item[0] = who;
            item[1] = which;
            queue.Enqueue(item);

            // What nobody has time to take is not to fill the memory.
            while (queue.Count > 200)
            {
                Thread.Sleep(0);
            }
        }

        return which;
    }

    private static int LengthOf(long which) => (int)(which % 50 == 49 ? 20_000 : 2 + (which % 100));
}
