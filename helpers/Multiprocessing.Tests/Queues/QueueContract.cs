using System.Diagnostics;

namespace Multiprocessing.Tests.Queues;

/// <summary>What a queue does whether its users are threads or processes.</summary>
public abstract class QueueContract
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Items_of_a_producer_come_out_in_its_order()
    {
        const int count = 50_000;
        using IQueueUnderTest<int> queue = Make<int>();
        Task<bool> producer = RunAsync(() =>
        {
            for (int i = 0; i < count; i++)
            {
                queue.Enqueue(i);
            }

            return true;
        });

        int[] received = await Task.Run(() => Enumerable.Range(0, count).Select(_ => queue.Dequeue()).ToArray());

        Assert.Equal(Enumerable.Range(0, count), received);
        await producer;
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(10)]
    public async Task Between_many_producers_and_many_consumers_nothing_is_lost_and_nothing_doubled(int? capacity)
    {
        const int each = 5000;
        using IQueueUnderTest<int> queue = Make<int>(capacity);
        Task<bool>[] producers = [.. Enumerable.Range(0, 3).Select(number => RunAsync(() =>
        {
            for (int i = 0; i < each; i++)
            {
                queue.Enqueue((number * each) + i);
            }

            return true;
        }))];
        Task<int[]>[] consumers = [.. Enumerable.Range(0, 3).Select(_ => RunAsync(() => queue.GetConsumingEnumerable().ToArray()))];
        await Task.WhenAll(producers);
        queue.CompleteAdding();
        int[][] received = await Task.WhenAll(consumers);

        Assert.Equal(Enumerable.Range(0, 3 * each), received.SelectMany(static items => items).Order());
        Assert.All(received, static items => Assert.All(items.GroupBy(static item => item / each), static own => Assert.Equal(own.Order(), own)));
        Assert.True(queue.IsCompleted);
    }

    [Fact]
    public async Task A_full_queue_makes_its_producer_wait_until_there_is_room()
    {
        using IQueueUnderTest<int> queue = Make<int>(2);
        using IQueueUnderTest<int> progress = Make<int>();
        Task<bool> producer = RunAsync(() =>
        {
            for (int i = 0; i < 5; i++)
            {
                queue.Enqueue(i);
                progress.Enqueue(i);
            }

            return true;
        });
        Assert.Equal([0, 1], [progress.Dequeue(), progress.Dequeue()]);
        Assert.False(progress.TryDequeue(out _, Moment));
        Assert.Equal(2, queue.Count);

        Assert.Equal(0, queue.Dequeue());
        Assert.True(progress.TryDequeue(out _, Long));
        Assert.False(progress.TryDequeue(out _, Moment));
        Assert.Equal([1, 2, 3, 4], Enumerable.Range(0, 4).Select(_ => queue.Dequeue()));
        await producer;
    }

    [Fact]
    public void Times_are_kept_when_there_is_no_room_or_no_item()
    {
        using IQueueUnderTest<int> queue = Make<int>(1);

        Stopwatch watch = Stopwatch.StartNew();
        Assert.False(queue.TryDequeue(out _, TimeSpan.Zero));
        Assert.False(queue.TryDequeue(out _, Moment));
        Assert.True(queue.TryEnqueue(1, TimeSpan.Zero));
        Assert.False(queue.TryEnqueue(2, TimeSpan.Zero));
        Assert.False(queue.TryEnqueue(2, Moment));
        Assert.InRange(watch.Elapsed.TotalMilliseconds, 195, 10_000);

        Assert.True(queue.TryDequeue(out int item, TimeSpan.Zero));
        Assert.Equal(1, item);
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.TryDequeue(out _, TimeSpan.FromSeconds(-2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.TryEnqueue(1, TimeSpan.FromDays(100)));
    }

    [Fact]
    public async Task One_that_waits_in_time_gets_the_item_that_comes()
    {
        using IQueueUnderTest<int> there = Make<int>();
        using IQueueUnderTest<int> back = Make<int>();
        Task<bool> echo = RunAsync(() => there.TryDequeue(out int item, Long) && back.TryEnqueue(item + 1, Long));
        await Task.Delay(300);
        there.Enqueue(41);

        Assert.True(back.TryDequeue(out int answer, Long));
        Assert.Equal(42, answer);
        Assert.True(await echo);
    }

    [Fact]
    public async Task Completion_ends_all_that_wait_for_items()
    {
        using IQueueUnderTest<int> queue = Make<int>();
        using IQueueUnderTest<int> begun = Make<int>();
        Task<int>[] consumers = [.. Enumerable.Range(0, 3).Select(_ => RunAsync(() =>
        {
            begun.Enqueue(1);
            return queue.GetConsumingEnumerable().Count() + (queue.TryDequeue(out int _, Timeout.InfiniteTimeSpan) ? 100 : 0);
        }))];
        Task<int> own = Task.Run(() => queue.GetConsumingEnumerable().Count());
        for (int i = 0; i < 3; i++)
        {
            begun.Dequeue();
        }

        queue.Enqueue(1);
        await Task.Delay(100);
        queue.CompleteAdding();
        queue.CompleteAdding();

        Assert.Equal(1, await own + (await Task.WhenAll(consumers)).Sum());
    }

    [Fact]
    public async Task Completion_ends_one_that_waits_for_room()
    {
        using IQueueUnderTest<int> queue = Make<int>(1);
        using IQueueUnderTest<int> begun = Make<int>();
        Task<string> producer = RunAsync(() =>
        {
            queue.Enqueue(1);
            begun.Enqueue(1);
            try
            {
                queue.Enqueue(2);
                return "enqueued";
            }
            catch (InvalidOperationException)
            {
                return "refused";
            }
        });
        begun.Dequeue();
        await Task.Delay(100);
        queue.CompleteAdding();

        Assert.Equal("refused", await producer);
        Assert.Equal([1], queue.GetConsumingEnumerable());
    }

    [Fact]
    public async Task After_completion_what_is_left_is_taken_and_nothing_comes_in()
    {
        using IQueueUnderTest<string> queue = Make<string>();
        await RunAsync(() =>
        {
            queue.Enqueue("a");
            queue.Enqueue("b");
            queue.CompleteAdding();
            return true;
        });

        Assert.True(queue.IsAddingCompleted);
        Assert.False(queue.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => queue.Enqueue("c"));
        Assert.Throws<InvalidOperationException>(() => queue.TryEnqueue("c", TimeSpan.Zero));
        Assert.Equal("a", queue.Dequeue());
        Assert.True(queue.TryDequeue(out string? last, TimeSpan.Zero));
        Assert.Equal("b", last);
        Assert.True(queue.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => queue.Dequeue());
        Assert.False(queue.TryDequeue(out _, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task Cancelling_ends_a_waiting_consumer_and_a_waiting_producer_soon()
    {
        using IQueueUnderTest<int> queue = Make<int>(1);
        using CancellationTokenSource first = new();
        Task<int> consumer = Task.Run(() => queue.Dequeue(first.Token));
        await Task.Delay(100);
        Stopwatch watch = Stopwatch.StartNew();
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => consumer);

        queue.Enqueue(1);
        using CancellationTokenSource second = new(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => queue.Enqueue(2, second.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => queue.Dequeue(second.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => queue.GetConsumingEnumerable(second.Token).Count());
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
        Assert.Equal(1, queue.Dequeue());
    }

    [Fact]
    public void After_dispose_every_use_says_so()
    {
        IQueueUnderTest<int> queue = Make<int>();
        queue.Enqueue(1);
        queue.Dispose();
        queue.Dispose();

        Assert.Throws<ObjectDisposedException>(() => queue.Enqueue(1));
        Assert.Throws<ObjectDisposedException>(() => queue.TryEnqueue(1, TimeSpan.Zero));
        Assert.Throws<ObjectDisposedException>(() => queue.Dequeue());
        Assert.Throws<ObjectDisposedException>(() => queue.TryDequeue(out _, TimeSpan.Zero));
        Assert.Throws<ObjectDisposedException>(() => queue.Count);
        Assert.Throws<ObjectDisposedException>(() => queue.IsAddingCompleted);
        Assert.Throws<ObjectDisposedException>(() => queue.IsCompleted);
        Assert.Throws<ObjectDisposedException>(queue.CompleteAdding);
        Assert.Throws<ObjectDisposedException>(() => queue.GetConsumingEnumerable().Count());
    }

    protected abstract IQueueUnderTest<T> Make<T>(int? capacity = null);

    /// <summary>Runs a function beside this one.</summary>
    protected abstract Task<T> RunAsync<T>(Func<T> work);
}
