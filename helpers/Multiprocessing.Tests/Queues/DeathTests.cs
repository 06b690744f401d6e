using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Queues;

/// <summary>What a queue does when its users die.</summary>
public class DeathTests
{
    [Fact]
    public async Task Who_waits_for_producers_that_are_all_dead_is_told()
    {
        using ProcessQueue<int> queue = new();
        using WorkerProcess killed = new(() =>
        {
            queue.Enqueue(1);
            Thread.Sleep(Timeout.Infinite);
        });
        using WorkerProcess ended = new(() => queue.Enqueue(1));
        killed.Start();
        ended.Start();
        Assert.Equal([1, 1], [queue.Dequeue(), queue.Dequeue()]);
        Task<int> waiting = Task.Run(() => queue.Dequeue());
        Task<int> asynchronous = Task.Run(async () => await CountAsync(queue));
        ended.Join();
        await Task.Delay(300);
        Assert.False(waiting.IsCompleted);

        Processes.Kill(killed.Id);

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        Assert.Contains($"process {killed.Id}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => asynchronous);
        Assert.Throws<WorkerDiedException>(killed.Join);
    }

    [Fact]
    public async Task One_that_takes_the_place_of_a_dead_one_in_good_time_is_waited_for()
    {
        // They are there already: on a busy machine the start of one may take longer than is in good time.
        using TestHost test = new();
        test.Host.Stock.Prepare(5);
        Assert.True(Rendezvous.Await(() => test.Host.Stock.ProcessIds().Length >= 5));
        using ProcessQueue<int> queue = new(null, test.Host);
        Task<int> waiting = Task.Run(() => queue.Dequeue() + queue.Dequeue());
        for (int round = 0; round < 3; round++)
        {
            await Assert.ThrowsAsync<WorkerDiedException>(() => test.RunAsync(() =>
            {
                if (queue.Count == 0)
                {
                    Environment.Exit(1);
                }
            }));
            await Task.Delay(300);
            Assert.False(waiting.IsCompleted);
        }

        await test.RunAsync(() => queue.Enqueue(1));
        await Task.Delay(1000);
        await test.RunAsync(() => queue.Enqueue(2));
        Assert.Equal(3, await waiting);
    }

    [Fact]
    public async Task Who_waits_for_a_producer_that_threw_is_told()
    {
        using ProcessQueue<int> queue = new();
        using WorkerProcess worker = new(() => throw new ArgumentException("before the first item"));
        using WorkerProcess producer = new(() =>
        {
            queue.Enqueue(1);
            throw new ArgumentException("after the first item");
        });
        producer.Start();

        Assert.Equal(1, queue.Dequeue());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.Run(() => queue.Dequeue()));
        Assert.Throws<WorkerException>(producer.Join);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_waits_for_a_pool_whose_worker_has_died_is_told(bool maps)
    {
        using WorkerPool pool = new(1);
        using ProcessQueue<int> queue = new();
        int Produce(int x)
        {
            queue.Enqueue(x);
            Environment.Exit(3);
            return x;
        }

        await Assert.ThrowsAsync<WorkerDiedException>(() => maps ? pool.MapAsync(Produce, [1]) : pool.RunAsync(() => Produce(1)));

        Assert.Equal(1, queue.Dequeue());
        Assert.Throws<InvalidOperationException>(() => queue.Dequeue());
    }

    [Fact]
    public async Task As_long_as_all_ended_as_they_should_one_goes_on_waiting()
    {
        using ProcessQueue<int> queue = new();
        for (int round = 0; round < 2; round++)
        {
            Task<int> waiting = Task.Run(() => queue.Dequeue() + queue.Dequeue());
            await WorkerProcess.RunAsync(() => queue.Enqueue(1));
            await Task.Delay(3000);
            Assert.False(waiting.IsCompleted);
            await WorkerProcess.RunAsync(() => queue.Enqueue(2));
            Assert.Equal(3, await waiting);
        }
    }

    [Fact]
    public async Task As_long_as_another_process_lives_or_this_one_enqueues_one_goes_on_waiting()
    {
        using ProcessQueue<int> queue = new();
        using SharedValue<bool> go = new();
        Task alive = WorkerProcess.RunAsync(() =>
        {
            while (!go.Value)
            {
                Thread.Sleep(1);
            }

            queue.Enqueue(5);
        });
        await Assert.ThrowsAsync<WorkerDiedException>(() => WorkerProcess.RunAsync(() =>
        {
            queue.Enqueue(1);
            Environment.Exit(3);
        }));
        Task<int> waiting = Task.Run(() => queue.Dequeue() + queue.Dequeue());
        await Task.Delay(3000);
        Assert.False(waiting.IsCompleted);
        go.Value = true;
        Assert.Equal(6, await waiting);
        await alive;

        // It has never enqueued anything itself until now.
        queue.Enqueue(1);
        queue.Dequeue();
        Assert.False(queue.TryDequeue(out _, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task Who_waits_for_room_while_every_consumer_is_dead_is_told()
    {
        using ProcessQueue<int> queue = new(1);
        using SharedValue<bool> ready = new();
        using WorkerProcess consumer = new(() =>
        {
            queue.Dequeue();
            ready.Value = true;
            Thread.Sleep(Timeout.Infinite);
        });
        consumer.Start();
        queue.Enqueue(1);
        queue.Enqueue(2);
        Task waiting = Task.Run(() => queue.Enqueue(3));
        while (!ready.Value)
        {
            await Task.Delay(1);
        }

        Processes.Kill(consumer.Id);
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        Assert.Contains("dequeue", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_worker_s_own_queue_goes_with_it_and_who_got_it_is_told(bool kill)
    {
        using ProcessQueue<ProcessQueue<int>> handover = new();
        using SharedValue<bool> ready = new();
        Task<string> consumer = WorkerProcess.RunAsync(() =>
        {
            ProcessQueue<int> received = handover.Dequeue();
            ready.Value = true;
            try
            {
                return received.Dequeue().ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
            {
                return "told";
            }
        });
        using WorkerProcess maker = new(() =>
        {
            handover.Enqueue(new ProcessQueue<int>());
            while (kill || !ready.Value)
            {
                Thread.Sleep(1);
            }
        });
        maker.Start();
        while (!ready.Value)
        {
            await Task.Delay(1);
        }

        if (kill)
        {
            maker.Kill();
        }

        maker.Join();

        Assert.Equal("told", await consumer);
    }

    private static async Task<int> CountAsync(ProcessQueue<int> queue)
    {
        int count = 0;
        await foreach (int _ in queue)
        {
            count++;
        }

        return count;
    }
}
