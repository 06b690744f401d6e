using System.Diagnostics;
using System.Runtime.CompilerServices;

using Multiprocessing.Serialization;
namespace Multiprocessing.Tests.Queues;

public class ProcessQueueTests
{
    [Fact(Timeout = 120_000)]
    public void A_worker_can_end_before_anybody_takes_what_it_has_enqueued()
    {
        const int count = 200;
        using ProcessQueue<byte[]> queue = new();
        using WorkerProcess worker = new(() =>
        {
            for (int i = 0; i < count; i++)
            {
                byte[] item = new byte[1_000_000];
                item[^1] = (byte)i;
                queue.Enqueue(item);
            }
        });
        worker.Start();
        worker.Join();
        Assert.Equal(count, queue.Count);
        Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(_ => (int)queue.Dequeue()[^1]));
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public async Task A_queue_that_a_worker_made_and_filled_lives_on_here()
    {
        using ProcessQueue<byte[]> made = await WorkerProcess.RunAsync(() =>
        {
            ProcessQueue<byte[]> queue = new();
            for (int i = 0; i < 20; i++)
            {
                queue.Enqueue([.. Enumerable.Repeat((byte)i, 100_000 * i)]);
            }

            return queue;
        });
        Task<int> elsewhere = WorkerProcess.RunAsync(() => made.Dequeue().Length + made.Dequeue().Length);

        Assert.Equal(100_000, await elsewhere);
        Assert.Equal(18, made.Count);
        for (int i = 2; i < 20; i++)
        {
            Assert.Equal(Enumerable.Repeat((byte)i, 100_000 * i), made.Dequeue());
        }

        await WorkerProcess.RunAsync(() => made.Enqueue([7]));
        Assert.Equal([7], made.Dequeue());
    }

    [Fact]
    public async Task A_queue_can_move_to_another_owner_while_it_is_used()
    {
        using ProcessQueue<ProcessQueue<int[]>> handover = new();
        using SharedValue<bool> isReceived = new();
        Task worker = WorkerProcess.RunAsync(() =>
        {
            ProcessQueue<int[]> made = new();
            for (int i = 0; i < 2000; i++)
            {
                if (i == 200)
                {
                    handover.Enqueue(made);
                }

                made.Enqueue([.. Enumerable.Repeat(i, i)]);
            }

            made.CompleteAdding();
            while (!isReceived.Value)
            {
                Thread.Sleep(1);
            }
        });
        using ProcessQueue<int[]> received = handover.Dequeue();
        isReceived.Value = true;
        int next = 0;
        foreach (int[] item in received.GetConsumingEnumerable())
        {
            Assert.Equal(Enumerable.Repeat(next, next), item);
            next++;
        }

        Assert.Equal(2000, next);
        await worker;
    }

    [Fact]
    public async Task Dispose_ends_the_waiting_of_all_in_every_process()
    {
        ProcessQueue<int> empty = new();
        ProcessQueue<int> full = new(1);
        full.Enqueue(1);
        using SharedValue<int> begun = new();
        Func<string> consume = () => Ending(() =>
        {
            begun.Increment();
            empty.Dequeue();
        });
        Func<string> produce = () => Ending(() =>
        {
            begun.Increment();
            full.Enqueue(2);
        });
        Task<string>[] waiting = [Task.Run(consume), Task.Run(produce), WorkerProcess.RunAsync(consume), WorkerProcess.RunAsync(produce)];
        await ReachAsync(begun, 4);
        await Task.Delay(100);
        empty.Dispose();
        full.Dispose();

        Assert.All(await Task.WhenAll(waiting), static ending => Assert.Equal(nameof(ObjectDisposedException), ending));
    }

    [Fact]
    public async Task A_worker_that_disposes_of_it_does_not_end_it_for_others()
    {
        using ProcessQueue<int> queue = new();
        await WorkerProcess.RunAsync(() =>
        {
            queue.Enqueue(1);
            queue.Dispose();
        });
        await WorkerProcess.RunAsync(() => queue.Enqueue(2));

        Assert.Equal([1, 2], [queue.Dequeue(), queue.Dequeue()]);
    }

    [Fact]
    public async Task It_can_be_enumerated_asynchronously_by_many()
    {
        const int count = 2000;
        using ProcessQueue<int> queue = new();
        Task<List<int>>[] consumers = [.. Enumerable.Range(0, 50).Select(_ => CollectAsync(queue))];
        await WorkerProcess.RunAsync(() =>
        {
            for (int i = 0; i < count; i++)
            {
                queue.Enqueue(i);
                if (i % 100 == 0)
                {
                    Thread.Sleep(1);
                }
            }
        });
        queue.CompleteAdding();

        Assert.Equal(Enumerable.Range(0, count), (await Task.WhenAll(consumers)).SelectMany(static items => items).Order());
    }

    [Fact]
    public async Task Asynchronous_waiting_is_ended_by_a_cancellation_and_by_dispose()
    {
        ProcessQueue<int> queue = new();
        using CancellationTokenSource source = new();
        Task<List<int>> cancelled = CollectAsync(queue, source.Token);
        Task<List<int>> waiting = CollectAsync(queue);
        await Task.Delay(50);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(waiting.IsCompleted);

        queue.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public async Task Who_cancels_its_asynchronous_waiting_leaves_nobody_that_waits_on()
    {
        WeakReference queue = await WaitAndCancelAsync();
        while (queue.IsAlive)
        {
            await Task.Delay(50);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [Fact]
    public async Task Who_cancels_its_asynchronous_waiting_does_not_end_that_of_others()
    {
        using ProcessQueue<int> queue = new();
        Task<List<int>> waiting = CollectAsync(queue);
        for (int i = 0; i < 100; i++)
        {
            using CancellationTokenSource source = new();
            Task<List<int>> cancelled = CollectAsync(queue, source.Token);
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        }

        Assert.False(waiting.IsCompleted);
        queue.Enqueue(5);
        queue.CompleteAdding();
        Assert.Equal([5], await waiting);
    }

    [LauncherFact]
    public async Task Waiting_takes_next_to_no_processor_time()
    {
        using ProcessQueue<int> queue = new();
        using CancellationTokenSource source = new();
        Task<double> worker = WorkerProcess.RunAsync(() =>
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            queue.TryDequeue(out int _, TimeSpan.FromSeconds(3));
            return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
        });

        Assert.InRange(await worker, 0, 300);
    }

    [Fact]
    public async Task In_the_data_of_a_function_it_is_one_object()
    {
        using ProcessQueue<int> queue = new();
        object[] data = [queue, queue];
        Assert.True(await WorkerProcess.RunAsync(() => ReferenceEquals(data[0], data[1]) && ReferenceEquals(data[0], queue)));
    }

    [Fact]
    public void It_tells_how_full_it_is()
    {
        ProcessQueue<int> queue = new(3);
        Assert.Equal("ProcessQueue<Int32>: 0 of at most 3 items", queue.ToString());
        Assert.True(queue.TryEnqueue(1));
        Assert.Equal((1, 3, false), (queue.Count, queue.BoundedCapacity, queue.IsEmpty));
        queue.CompleteAdding();
        Assert.Equal("ProcessQueue<Int32>: 1 of at most 3 items, adding completed", queue.ToString());
        queue.Dispose();
        Assert.Equal("ProcessQueue<Int32>: disposed", queue.ToString());

        using ProcessQueue<string> free = new();
        free.Enqueue("a");
        Assert.Equal("ProcessQueue<String>: 1 item", free.ToString());
        Assert.Null(free.BoundedCapacity);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessQueue<int>(0));
        Assert.Contains(
            typeof(ProcessQueue<>).GetCustomAttributes(inherit: true), static attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");
        Assert.IsAssignableFrom<ISharedObject>(free);
    }

    private static string Ending(Action action)
    {
        try
        {
            action();
            return "returned";
        }
        catch (ObjectDisposedException)
        {
            return nameof(ObjectDisposedException);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> WaitAndCancelAsync()
    {
        ProcessQueue<int> queue = new();
        using CancellationTokenSource source = new();
        Task<List<int>> waiting = CollectAsync(queue, source.Token);
        await Task.Delay(50);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        return new WeakReference(queue);
    }

    private static async Task ReachAsync(SharedValue<int> value, int goal)
    {
        while (value.Value < goal)
        {
            await Task.Delay(1);
        }
    }

    private static async Task<List<int>> CollectAsync(ProcessQueue<int> queue, CancellationToken cancellationToken = default)
    {
        List<int> items = [];
        await foreach (int item in queue.WithCancellation(cancellationToken))
        {
            items.Add(item);
            await Task.Yield();
        }

        return items;
    }

    [Fact]
    public async Task One_that_waits_asynchronously_gets_what_another_process_enqueues()
    {
        using ProcessQueue<string> queue = new();
        Task<string>[] waiting = [queue.DequeueAsync(), queue.DequeueAsync()];
        await WorkerProcess.RunAsync(() =>
        {
            queue.Enqueue("하나");
            queue.Enqueue("둘");
        });
        Assert.Equal(["둘", "하나"], (await Task.WhenAll(waiting)).Order(StringComparer.Ordinal));

        Task<string> last = queue.DequeueAsync();
        queue.CompleteAdding();
        await Assert.ThrowsAsync<InvalidOperationException>(() => last);
    }

    [Fact]
    public async Task One_that_waits_asynchronously_for_room_goes_on_when_there_is_some()
    {
        using ProcessQueue<int> queue = new(boundedCapacity: 1);
        await queue.EnqueueAsync(1);
        Task second = queue.EnqueueAsync(2);
        await Task.Delay(20);
        Assert.False(second.IsCompleted);
        Assert.Equal(1, await WorkerProcess.RunAsync(() => queue.Dequeue()));
        await second;
        using CancellationTokenSource cancel = new();
        Task third = queue.EnqueueAsync(3, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.Equal(2, await queue.DequeueAsync());
        Assert.Equal(0, queue.Count);

        Task<int> forgotten = queue.DequeueAsync();
        queue.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => forgotten);
    }
}
