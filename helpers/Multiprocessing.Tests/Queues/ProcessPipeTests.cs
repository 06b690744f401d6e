using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Queues;

public class ProcessPipeTests
{
    [Fact]
    public async Task What_is_sent_at_one_end_is_received_at_the_other_both_ways_in_order()
    {
        const int count = 2000;
        (ProcessPipeEnd<int, string> ours, ProcessPipeEnd<string, int> theirs) = ProcessPipe.Create<int, string>();
        using ProcessPipeEnd<int, string> end = ours;
        Task worker = WorkerProcess.RunAsync(() =>
        {
            foreach (int number in theirs.ReceiveAll())
            {
                theirs.Send($"{number}!");
            }
        });
        for (int i = 0; i < count; i++)
        {
            ours.Send(i);
        }

        List<string> received = [ours.Receive(), await ours.ReceiveAsync()];
        Assert.True(ours.TryReceive(out string? third, TimeSpan.FromSeconds(30)));
        received.Add(third);
        await foreach (string item in ours.ReceiveAllAsync())
        {
            received.Add(item);
            if (received.Count == count)
            {
                ours.Dispose();
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, count).Select(static i => $"{i}!"), received);
        await worker;
    }

    [Fact]
    public void Both_ends_can_be_in_one_process()
    {
        (ProcessPipeEnd<int[], int[]> first, ProcessPipeEnd<int[], int[]> second) = ProcessPipe.Create<int[]>();
        using ProcessPipeEnd<int[], int[]> end = first;
        first.Send([1, 2]);
        second.Send([3]);
        Assert.True(second.Poll());
        Assert.Equal([1, 2], second.Receive());
        Assert.False(second.Poll());
        Assert.False(second.Poll(TimeSpan.FromMilliseconds(20)));
        Assert.False(second.TryReceive(out _));
        Assert.False(second.TryReceive(out _, TimeSpan.FromMilliseconds(20)));
        second.Dispose();
        Assert.Equal([3], first.Receive());
        Assert.Throws<EndOfStreamException>(() => first.Receive());
        Assert.Throws<IOException>(() => first.Send([1]));
    }

    [Theory]
    [InlineData("return")]
    [InlineData("throw")]
    [InlineData("dispose")]
    [InlineData("kill")]
    public async Task The_end_of_the_other_end_s_last_holder_is_received_after_all_that_it_sent(string way)
    {
        (ProcessPipeEnd<int, int> ours, ProcessPipeEnd<int, int> theirs) = ProcessPipe.Create<int>();
        using ProcessPipeEnd<int, int> end = ours;
        using SharedValue<bool> go = new();
        using WorkerProcess worker = new(() =>
        {
            theirs.Send(1);
            theirs.Send(2);
            SpinWait.SpinUntil(() => go.Value);
            switch (way)
            {
                case "throw":
                    throw new ArgumentException("in the middle");
                case "dispose":
                    theirs.Dispose();
                    Thread.Sleep(Timeout.Infinite);
                    break;
                case "kill":
                    Thread.Sleep(Timeout.Infinite);
                    break;
            }
        });
        worker.Start();
        Assert.Equal(1, ours.Receive());
        Task<int> waiting = Task.Run(() => ours.Receive() + ours.Receive());
        Task<bool> polling = Task.Run(() => Rendezvous.Await(() => ours.Poll() && waiting.IsCompleted));
        Assert.False(waiting.Wait(100));
        go.Value = true;
        if (way == "kill")
        {
            Processes.Kill(worker.Id);
        }

        EndOfStreamException error = await Assert.ThrowsAsync<EndOfStreamException>(() => waiting);
        Assert.DoesNotContain('\n', error.Message);
        Assert.True(await polling);
        Assert.True(ours.Poll());
        await Assert.ThrowsAsync<EndOfStreamException>(() => ours.ReceiveAsync());
        Assert.False(ours.TryReceive(out _));
        Assert.False(ours.TryReceive(out _, Timeout.InfiniteTimeSpan));
        Assert.Empty(ours.ReceiveAll());
        Assert.Throws<IOException>(() => ours.Send(3));
        Assert.EndsWith("other end closed", ours.ToString(), StringComparison.Ordinal);
        worker.Kill();
    }

    [Fact]
    public async Task An_asynchronous_wait_hears_of_the_end()
    {
        (ProcessPipeEnd<int, int> ours, ProcessPipeEnd<int, int> theirs) = ProcessPipe.Create<int>();
        using ProcessPipeEnd<int, int> end = ours;
        using WorkerProcess worker = new(() => theirs.Receive());
        worker.Start();
        Task<int> waiting = ours.ReceiveAsync();
        await Task.Delay(100);
        Assert.False(waiting.IsCompleted);
        Processes.Kill(worker.Id);
        await Assert.ThrowsAsync<EndOfStreamException>(() => waiting);
        Assert.Throws<WorkerDiedException>(worker.Join);
    }

    [Fact]
    public async Task What_was_sent_before_dispose_is_received_after_it()
    {
        using TestHost test = new();
        (ProcessPipeEnd<int[], bool> ours, ProcessPipeEnd<bool, int[]> theirs) = ProcessPipe.Create<int[], bool>(test.Host);
        string[] files = SegmentFiles.Of(test.Host);
        using SharedValue<bool> isThere = new(), go = new();
        Task<int> worker = test.RunAsync(() =>
        {
            isThere.Value = true;
            SpinWait.SpinUntil(() => go.Value);
            return theirs.ReceiveAll().Sum(static item => item[^1]);
        });
        for (int i = 1; i <= 10; i++)
        {
            int[] item = new int[100_000];
            item[^1] = i;
            ours.Send(item);
        }

        ours.Dispose();
        Assert.True(Rendezvous.Await(() => isThere.Value));
        theirs.Dispose();
        await Task.Delay(100);
        go.Value = true;
        Assert.Equal(55, await worker);

        // And then nothing of it is left.
        Assert.Equal(4, files.Length);
        Assert.True(Rendezvous.Await(() => !Array.Exists(files, File.Exists)));
        Assert.DoesNotContain(SegmentFiles.Of(test.Host), file => Array.Exists(files, own => file.StartsWith(own, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Between_two_workers_the_end_of_one_is_heard_by_the_other_though_their_parent_has_both_ends()
    {
        (ProcessPipeEnd<string, string> first, ProcessPipeEnd<string, string> second) = ProcessPipe.Create<string>();
        using SharedValue<bool> isWaiting = new();
        using WorkerProcess victim = new(() =>
        {
            first.Send("hello");
            Thread.Sleep(Timeout.Infinite);
        });
        victim.Start();
        Task<string> heir = WorkerProcess.RunAsync(() =>
        {
            string said = second.Receive();
            isWaiting.Value = true;
            try
            {
                return second.Receive();
            }
            catch (EndOfStreamException)
            {
                return said + ", and then nothing";
            }
        });
        Assert.True(Rendezvous.Await(() => isWaiting.Value));
        await Task.Delay(200);
        Assert.False(heir.IsCompleted);
        Processes.Kill(victim.Id);
        Assert.Equal("hello, and then nothing", await heir);
    }

    [Fact]
    public async Task An_end_has_several_holders_and_is_closed_with_the_last()
    {
        (ProcessPipeEnd<int, int> ours, ProcessPipeEnd<int, int> theirs) = ProcessPipe.Create<int>();
        using ProcessPipeEnd<int, int> end = ours;
        Task<int> Serve() => WorkerProcess.RunAsync(() =>
        {
            int number = theirs.Receive();
            theirs.Send(number + 1);
            return number;
        });
        Task<int> one = Serve(), other = Serve();
        ours.Send(1);
        Assert.Equal(2, ours.Receive());
        await Task.WhenAny(one, other);
        await Task.Delay(200);
        Assert.False(ours.TryReceive(out _));
        ours.Send(5);
        Assert.Equal(6, ours.Receive());
        Assert.Throws<EndOfStreamException>(() => ours.Receive());
        Assert.Equal(6, await one + await other);

        // Whoever comes later has it again.
        one = Serve();
        ours.Send(7);
        Assert.Equal(8, ours.Receive());
        await one;
    }

    [Fact]
    public async Task A_process_that_uses_an_end_itself_has_it()
    {
        (ProcessPipeEnd<int, int> ours, ProcessPipeEnd<int, int> theirs) = ProcessPipe.Create<int>();
        using ProcessPipeEnd<int, int> end = ours;
        theirs.Send(1);
        await WorkerProcess.RunAsync(() => theirs.Send(2));
        Assert.Equal(3, ours.Receive() + ours.Receive());
        Assert.False(ours.TryReceive(out _, TimeSpan.FromMilliseconds(200)));
        theirs.Dispose();
        Assert.Throws<EndOfStreamException>(() => ours.Receive());
    }

    [Fact]
    public async Task A_worker_can_make_a_pipe_and_give_an_end_back()
    {
        using ProcessPipeEnd<int, int> end = await WorkerProcess.RunAsync(() =>
        {
            (ProcessPipeEnd<int, int> first, ProcessPipeEnd<int, int> second) = ProcessPipe.Create<int>();
            first.Send(1);
            return second;
        });
        Assert.Equal(1, end.Receive());
        Assert.Throws<EndOfStreamException>(() => end.Receive());
    }

    [Fact]
    public async Task An_end_can_go_by_way_of_a_queue()
    {
        using ProcessQueue<ProcessPipeEnd<int, int>> queue = new();
        using WorkerPool pool = new(1);
        for (int round = 0; round < 3; round++)
        {
            (ProcessPipeEnd<int, int> ours, ProcessPipeEnd<int, int> theirs) = ProcessPipe.Create<int>();
            using ProcessPipeEnd<int, int> end = ours, other = theirs;
            Task worker = pool.RunAsync(() =>
            {
                using ProcessPipeEnd<int, int> received = queue.Dequeue();
                received.Send(received.Receive() * 2);
            });
            queue.Enqueue(theirs);
            ours.Send(21);
            Assert.Equal(42, ours.Receive());
            Assert.Throws<EndOfStreamException>(() => ours.Receive());
            await worker;
        }
    }

    [Fact]
    public async Task A_later_call_of_a_worker_can_close_an_end_that_an_earlier_one_has_left_to_the_collector()
    {
        (ProcessPipeEnd<int, int> ours, ProcessPipeEnd<int, int> theirs) = ProcessPipe.Create<int>();
        using ProcessPipeEnd<int, int> end = ours;
        using SharedValue<bool> go = new();
        using ProcessEvent begun = new();
        using WorkerPool pool = new(1);
        await pool.RunAsync(() => theirs.Send(1));
        Task later = pool.RunAsync(() =>
        {
            begun.Set();
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            theirs.Send(2);
            theirs.Dispose();
            SpinWait.SpinUntil(() => go.Value);
        });

        // Before it has that end, nobody has.
        await begun.WaitAsync();
        Assert.Equal(3, ours.Receive() + ours.Receive());
        Task<bool> hasMore = Task.Run(() => ours.TryReceive(out _, Timeout.InfiniteTimeSpan));
        bool hasHeard = await Task.WhenAny(hasMore, Task.Delay(TimeSpan.FromSeconds(30))) == hasMore;
        go.Value = true;
        await later;
        Assert.True(hasHeard);
        Assert.False(await hasMore);
    }

    [Fact]
    public async Task Waits_can_be_cancelled_and_receive_nothing_then()
    {
        (ProcessPipeEnd<int, int> first, ProcessPipeEnd<int, int> second) = ProcessPipe.Create<int>();
        using ProcessPipeEnd<int, int> end = first, other = second;
        using CancellationTokenSource cancel = new();
        Task[] waits =
        [
            Task.Run(() => first.Receive(cancel.Token)), first.ReceiveAsync(cancel.Token), Task.Run(() => first.Poll(Timeout.InfiniteTimeSpan, cancel.Token)),
            Task.Run(() => first.ReceiveAll(cancel.Token).Count()), Task.Run(() => first.TryReceive(out _, Timeout.InfiniteTimeSpan, cancel.Token)),
        ];
        await Task.Delay(50);
        await cancel.CancelAsync();
        foreach (Task wait in waits)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        }

        second.Send(1);
        Assert.Equal(1, first.Receive());
    }

    [Fact]
    public async Task After_dispose_every_use_says_so()
    {
        (ProcessPipeEnd<int, int> first, ProcessPipeEnd<int, int> second) = ProcessPipe.Create<int>();
        using ProcessPipeEnd<int, int> other = second;
        Task waiting = Task.Run(() => first.Receive());
        Task asynchronously = first.ReceiveAsync();
        await Task.Delay(50);
        first.Dispose();
        first.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => asynchronously);
        Assert.Throws<ObjectDisposedException>(() => first.Send(1));
        Assert.Throws<ObjectDisposedException>(() => first.Receive());
        Assert.Throws<ObjectDisposedException>(() => first.TryReceive(out _));
        Assert.Throws<ObjectDisposedException>(() => first.Poll());
        Assert.Throws<ObjectDisposedException>(() => first.ReceiveAll().Any());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first.ReceiveAsync());
        Assert.Equal("ProcessPipeEnd<Int32, Int32>: disposed", first.ToString());
        Assert.Throws<NotShippableException>(() => WorkerProcess.RunAsync(() => first.Send(1)).GetAwaiter().GetResult());
        Assert.Throws<ArgumentOutOfRangeException>(() => second.TryReceive(out _, TimeSpan.FromSeconds(-2)));
    }

    [Fact]
    public void What_cannot_be_sent_is_refused()
    {
        (ProcessPipeEnd<object, object> first, ProcessPipeEnd<object, object> second) = ProcessPipe.Create<object>();
        using ProcessPipeEnd<object, object> end = first, other = second;
        Assert.Throws<NotShippableException>(() => first.Send(Thread.CurrentThread));
        Assert.False(second.Poll());
    }

    [Fact]
    public async Task Nothing_is_left_when_both_ends_are_disposed_of()
    {
        using TestHost test = new();
        (ProcessPipeEnd<int, int> first, ProcessPipeEnd<int, int> second) = ProcessPipe.Create<int, int>(test.Host);
        string[] files = SegmentFiles.Of(test.Host);
        await test.RunAsync(() => second.Send(1));
        second.Send(2);
        first.Receive();
        second.Dispose();
        first.Dispose();

        Assert.True(Rendezvous.Await(() => !Array.Exists(files, File.Exists)));
        Assert.DoesNotContain(SegmentFiles.Of(test.Host), file => Array.Exists(files, own => file.StartsWith(own, StringComparison.Ordinal)));
    }
}
