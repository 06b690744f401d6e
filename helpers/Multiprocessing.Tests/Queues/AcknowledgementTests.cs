using Multiprocessing.Queues;
using Multiprocessing.Serialization;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Queues;

/// <summary>Items that are to be acknowledged, and waiting until all are.</summary>
public class AcknowledgementTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Join_ends_when_every_item_is_acknowledged_also_those_that_came_meanwhile(bool processes)
    {
        const int deepest = 6;
        using ProcessQueue<int> queue = new();
        using SharedValue<int> done = new();
        void Consume()
        {
            foreach (QueueItem<int> item in queue.GetConsumingItems())
            {
                // A tree of work: each item makes two more, and is acknowledged after that.
                if (item.Value < deepest)
                {
                    queue.Enqueue(item.Value + 1);
                    queue.Enqueue(item.Value + 1);
                }

                done.Increment();
                item.Acknowledge();
            }
        }

        queue.Enqueue(1);
        Task[] consumers = [.. Enumerable.Range(0, 3).Select(_ => processes ? WorkerProcess.RunAsync(Consume) : Task.Factory.StartNew(Consume, TaskCreationOptions.LongRunning))];
        await Task.WhenAll(queue.JoinAsync(), Task.Run(() => queue.Join()));

        Assert.Equal((1 << deepest) - 1, done.Value);
        Assert.True(queue.Join(TimeSpan.Zero));
        queue.CompleteAdding();
        await Task.WhenAll(consumers);
        Assert.True(queue.IsCompleted);
    }

    [Fact]
    public async Task Join_waits_for_items_that_are_in_the_queue_and_for_those_that_are_out()
    {
        using ProcessQueue<string> queue = new();
        Assert.True(queue.Join(TimeSpan.Zero));
        queue.Enqueue("a");
        Assert.False(queue.Join(TimeSpan.Zero));
        Assert.False(await queue.JoinAsync(TimeSpan.FromMilliseconds(20)));

        using QueueItem<string> item = queue.DequeueItem();
        Assert.Equal(("a", "a"), (item.Value, item.ToString()));
        Assert.Equal((0, true), (queue.Count, queue.IsEmpty));
        Assert.False(queue.Join(TimeSpan.FromMilliseconds(20)));
        Task joining = queue.JoinAsync();
        await Task.Delay(20);
        Assert.False(joining.IsCompleted);
        item.Acknowledge();
        await joining;
    }

    [Fact]
    public async Task What_is_taken_for_good_need_not_be_acknowledged()
    {
        using ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        queue.Enqueue(2);
        Task joining = queue.JoinAsync();
        await WorkerProcess.RunAsync(() => queue.Dequeue());
        Assert.False(joining.IsCompleted);
        queue.Dequeue();
        await joining;
    }

    [Fact]
    public void An_item_that_is_not_acknowledged_comes_back_before_all_others()
    {
        using ProcessQueue<int> queue = new();
        for (int i = 0; i < 5; i++)
        {
            queue.Enqueue(i);
        }

        QueueItem<int> first = queue.DequeueItem();
        using QueueItem<int> second = queue.DequeueItem(), third = queue.DequeueItem();
        third.Dispose();
        first.Dispose();
        first.Dispose();
        Assert.True(queue.TryDequeueItem(out QueueItem<int>? again));
        Assert.Equal([0, 2, 3], [again.Value, queue.Dequeue(), queue.Dequeue()]);
        second.Acknowledge();
        Assert.Equal(4, queue.Dequeue());
        Assert.False(queue.TryDequeueItem(out _));
        Assert.False(queue.Join(TimeSpan.Zero));
        again.Acknowledge();
        Assert.True(queue.Join(TimeSpan.Zero));
    }

    [Fact]
    public void An_item_is_acknowledged_once()
    {
        using ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        queue.Enqueue(2);
        QueueItem<int> acknowledged = queue.DequeueItem(), returned = queue.DequeueItem();
        acknowledged.Acknowledge();
        returned.Dispose();
        using QueueItem<int> again = queue.DequeueItem();

        Assert.Throws<InvalidOperationException>(acknowledged.Acknowledge);
        Assert.Throws<InvalidOperationException>(returned.Acknowledge);
        acknowledged.Dispose();
        Assert.False(queue.Join(TimeSpan.Zero));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_killed_process_has_taken_goes_to_others(bool asynchronously)
    {
        using ProcessQueue<string> queue = new();
        using SharedValue<int> taken = new();
        using WorkerProcess worker = new(() =>
        {
            while (true)
            {
                queue.DequeueItem();
                taken.Increment();
            }
        });
        worker.Start();
        queue.Enqueue("a");
        queue.Enqueue("b");
        Assert.True(Rendezvous.Await(() => taken.Value == 2));
        Task<string> waiting = asynchronously ? Take() : Task.Run(() => Take());
        Task joining = queue.JoinAsync();
        await Task.Delay(200);
        Assert.False(waiting.IsCompleted);

        Processes.Kill(worker.Id);

        Assert.Equal("ab", await waiting);
        await joining;

        async Task<string> Take()
        {
            using QueueItem<string> first = asynchronously ? await queue.DequeueItemAsync() : queue.DequeueItem();
            first.Acknowledge();
            return first.Value + (asynchronously ? await queue.DequeueAsync() : queue.Dequeue());
        }
    }

    [Fact]
    public async Task A_worker_that_throws_or_ends_gives_back_what_it_has_not_acknowledged()
    {
        using ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        queue.Enqueue(2);
        await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() =>
        {
            foreach (QueueItem<int> item in queue.GetConsumingItems())
            {
                throw new ArgumentException($"{item.Value} is no good");
            }
        }));
        await WorkerProcess.RunAsync(() => { queue.DequeueItem(); });
        Assert.Equal(3, queue.Dequeue() + queue.Dequeue());
    }

    [Fact]
    public async Task Who_joins_while_nobody_is_left_to_do_it_is_told()
    {
        using ProcessQueue<int> queue = new();
        using SharedValue<bool> hasTaken = new();
        using WorkerProcess worker = new(() =>
        {
            queue.DequeueItem();
            hasTaken.Value = true;
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        queue.Enqueue(1);
        Task joining = Task.Run(() => queue.Join());
        Task asynchronously = queue.JoinAsync();
        Assert.True(Rendezvous.Await(() => hasTaken.Value));
        Processes.Kill(worker.Id);

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => joining);
        await Assert.ThrowsAsync<InvalidOperationException>(() => asynchronously);
        Assert.Contains($"process {worker.Id}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(1, queue.Dequeue());
    }

    [Fact]
    public async Task Of_a_complete_queue_one_waits_for_what_may_come_back()
    {
        using ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        queue.CompleteAdding();
        using (QueueItem<int> item = queue.DequeueItem())
        {
            Assert.False(queue.IsCompleted);
            Task<int[]> others = Task.Run(() => queue.GetConsumingEnumerable().ToArray());
            await Task.Delay(100);
            Assert.False(others.IsCompleted);
            Assert.False(queue.TryDequeueItem(out _, TimeSpan.FromMilliseconds(20)));
            item.Dispose();
            Assert.Equal(1, Assert.Single(await others));
        }

        Assert.True(queue.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => queue.DequeueItem());
        Assert.Empty(queue.GetConsumingItems());
    }

    [Fact]
    public async Task The_last_acknowledgement_ends_all_that_wait_for_items_of_a_complete_queue()
    {
        using ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        queue.CompleteAdding();
        using QueueItem<int> last = queue.DequeueItem();
        Task<int> inProcess = WorkerProcess.RunAsync(() => queue.GetConsumingItems().Count());
        Task<int> here = Count();
        await Task.Delay(300);
        Assert.False(inProcess.IsCompleted || here.IsCompleted);
        last.Acknowledge();
        Assert.Equal(0, await inProcess + await here);

        async Task<int> Count()
        {
            int count = 0;
            await foreach (QueueItem<int> _ in queue.GetConsumingItemsAsync())
            {
                count++;
            }

            return count;
        }
    }

    [Fact]
    public async Task Waits_can_be_cancelled_and_take_nothing_then()
    {
        using ProcessQueue<int> queue = new();
        using CancellationTokenSource cancel = new();
        Task[] waits =
        [
            Task.Run(() => queue.DequeueItem(cancel.Token)), queue.DequeueItemAsync(cancel.Token), Task.Run(() => queue.TryDequeueItem(out _, Timeout.InfiniteTimeSpan, cancel.Token)),
            Task.Run(() => queue.TryDequeue(out _, Timeout.InfiniteTimeSpan, cancel.Token)),
        ];
        await Task.Delay(50);
        await cancel.CancelAsync();
        foreach (Task wait in waits)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        }

        using ProcessQueue<int> full = new(1);
        full.Enqueue(1);
        Assert.ThrowsAny<OperationCanceledException>(() => full.TryEnqueue(2, Timeout.InfiniteTimeSpan, cancel.Token));
        Assert.Equal(1, full.Count);

        queue.Enqueue(1);
        using CancellationTokenSource second = new();
        Task[] joins = [Task.Run(() => queue.Join(second.Token)), queue.JoinAsync(second.Token)];
        await Task.Delay(50);
        await second.CancelAsync();
        foreach (Task join in joins)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => join);
        }

        Assert.Throws<OperationCanceledException>(() => queue.Join(second.Token));
        Assert.Equal(1, queue.Dequeue());
    }

    [Fact]
    public async Task After_dispose_every_use_says_so()
    {
        ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        queue.Enqueue(2);
        QueueItem<int> item = queue.DequeueItem();
        using QueueItem<int> other = queue.DequeueItem();
        Task joining = Task.Run(() => queue.Join());
        Task asynchronously = queue.JoinAsync();
        await Task.Delay(50);
        queue.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => joining);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => asynchronously);
        Assert.Throws<ObjectDisposedException>(() => queue.DequeueItem());
        Assert.Throws<ObjectDisposedException>(() => queue.TryDequeueItem(out _));
        Assert.Throws<ObjectDisposedException>(() => queue.Join());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => queue.JoinAsync());
        Assert.Throws<ObjectDisposedException>(item.Acknowledge);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessQueue<int>().Join(TimeSpan.FromSeconds(-2)));
    }

    [Fact]
    public void An_item_itself_cannot_be_sent()
    {
        using ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        using QueueItem<int> item = queue.DequeueItem();
        NotShippableException error = Assert.Throws<NotShippableException>(() => WorkerProcess.RunAsync(() => item.Value).GetAwaiter().GetResult());
        Assert.Contains("value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_that_cannot_be_rebuilt_does_not_go_round()
    {
        using ProcessQueue<object> queue = new();
        queue.Enqueue(new TrapObject());
        Assert.Throws<InvalidDataException>(() => queue.DequeueItem());
        Assert.True(queue.Join(TimeSpan.Zero));
    }

    [Fact]
    public void Items_that_are_out_keep_their_memory_and_no_more()
    {
        using ProcessQueue<byte[]> queue = new();

        // By the simple rules, as SegmentParts does: by those of old Windows, which are what a pattern is read by without options, Wine finds nothing behind a dot.
        string[] Chunks() => Directory.GetFiles(Path.GetDirectoryName(PathOf(queue))!, Path.GetFileName(PathOf(queue)) + ".*", new EnumerationOptions { AttributesToSkip = FileAttributes.None });
        const int count = 60;
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = new byte[1_000_000];
            bytes.AsSpan().Fill((byte)i);
            queue.Enqueue(bytes);
        }

        QueueItem<byte[]>[] items = [.. Enumerable.Range(0, count).Select(_ => queue.DequeueItem())];
        int all = Chunks().Length;
        for (int i = 1; i < count; i += 2)
        {
            items[i].Acknowledge();
        }

        Assert.Equal(all, Chunks().Length);

        // What comes now goes into no memory that is needed.
        for (int i = 0; i < count; i++)
        {
            queue.Enqueue([]);
            queue.Enqueue(new byte[500_000]);
            Assert.Empty(queue.Dequeue());
            queue.Dequeue();
        }

        for (int i = 0; i < count; i += 2)
        {
            items[i].Dispose();
            Assert.Equal(i, queue.Dequeue().Distinct().Single());
        }

        // Beside the table: the one in use, and those that wait to be used again, 32 MB at most.
        Assert.InRange(Chunks().Length, 2, all / 2 + 3);
        Assert.True(queue.Join(TimeSpan.Zero));
    }

    [Fact]
    public void More_can_be_out_than_anybody_needs_and_then_it_says_so()
    {
        using ProcessQueue<int> queue = new();
        for (int i = 0; i <= LeaseState.LeaseEntries.Count; i++)
        {
            queue.Enqueue(i);
        }

        QueueItem<int>[] items = [.. Enumerable.Range(0, LeaseState.LeaseEntries.Count).Select(_ => queue.DequeueItem())];
        Assert.Throws<InvalidOperationException>(() => queue.DequeueItem());
        items[7].Acknowledge();
        using QueueItem<int> last = queue.DequeueItem();
        Assert.Equal(LeaseState.LeaseEntries.Count, last.Value);
    }

    /// <summary>As a process leaves it that is killed after it has entered an item and before it has passed it.</summary>
    [Fact]
    public unsafe void An_item_that_was_entered_and_not_passed_is_taken_once()
    {
        using ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        queue.Enqueue(2);
        queue.DequeueItem().Acknowledge();
        QueueState* state = (QueueState*)((ISharedObject)queue).Segment!.Data;
        QueueLeases leases = new(((ISharedObject)queue).Segment!, &state->Consumers);
        leases.BeginAdding(state->Consumers.Head.Own);
        Assert.True(leases.HasAny);

        Assert.Equal(2, queue.Dequeue());
        Assert.False(leases.HasAny);
        Assert.False(queue.TryDequeue(out _));
        Assert.True(queue.Join(TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public void What_one_that_was_killed_while_it_made_the_table_has_left_is_replaced(int size)
    {
        using ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        File.WriteAllBytes($"{PathOf(queue)}.00000000", new byte[size]);
        queue.DequeueItem().Dispose();
        queue.DequeueItem().Acknowledge();
        Assert.True(queue.Join(TimeSpan.Zero));
    }

    [Fact]
    public void What_many_dead_have_taken_comes_back_beside_what_the_living_have()
    {
        const int workers = 3, each = 20;
        using ProcessQueue<int> queue = new();
        using SharedValue<int> taken = new();
        for (int i = 0; i < (workers + 1) * each; i++)
        {
            queue.Enqueue(i);
        }

        WorkerProcess[] victims = [.. Enumerable.Range(0, workers).Select(_ => new WorkerProcess(() =>
        {
            for (int i = 0; i < each; i++)
            {
                queue.DequeueItem();
                taken.Increment();
                Thread.Yield();
            }

            Thread.Sleep(Timeout.Infinite);
        }))];
        Array.ForEach(victims, static victim => victim.Start());
        Assert.True(Rendezvous.Await(() => taken.Value == workers * each));
        QueueItem<int>[] own = [.. Enumerable.Range(0, each).Select(_ => queue.DequeueItem())];
        foreach (WorkerProcess victim in victims[1..])
        {
            Processes.Kill(victim.Id);
            Assert.Throws<WorkerDiedException>(victim.Join);
        }

        for (int i = 0; i < (workers - 1) * each; i++)
        {
            Assert.True(queue.TryDequeueItem(out QueueItem<int>? item, TimeSpan.FromSeconds(30)));
            item.Acknowledge();
        }

        Assert.False(queue.TryDequeueItem(out _, TimeSpan.FromMilliseconds(200)));
        Array.ForEach(own, static item => item.Acknowledge());
        Processes.Kill(victims[0].Id);
        Array.ForEach(victims, static victim => victim.Dispose());
    }

    private static string PathOf(ISharedObject queue) => queue.Segment!.Path;
}
