using Multiprocessing.Memory;
using Multiprocessing.Queues;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Queues;

/// <summary>A process that is stopped (SIGSTOP, a debugger) may have a lock for as long as somebody likes. Here a thread that keeps one stands for it.</summary>
public class StoppedHolderTests
{
    [Fact]
    public async Task It_holds_up_nobody_who_opens_something_else_and_its_own_queue_for_a_while_only()
    {
        Segment segment = QueueCore.Create(WorkerHost.Default.Memory, 0);
        using SemaphoreSlim end = new(0);
        Task holder = await HoldAsync(segment, end);
        bool isOpening = false;
        Task<QueueCore> opening = Task.Factory.StartNew(
            () =>
            {
                Volatile.Write(ref isOpening, true);
                return QueueCore.Of(segment, WorkerHost.Default);
            },
            TaskCreationOptions.LongRunning);
        Assert.True(Rendezvous.Await(() => Volatile.Read(ref isOpening)));
        Assert.Equal(3, await Task.Run(() =>
        {
            using SharedArray<int> other = new(3);
            return other.Length;
        }));
        Assert.False(opening.IsCompleted);
        QueueCore core = await opening;

        // The book is closed, and not waited for any more.
        Assert.Null(core.FindDeath());
        Assert.True(core.IsEmpty);
        Assert.False(holder.IsCompleted);
        end.Release();
        await holder;
        segment.RemoveUser();
    }

    private static async Task<Task> HoldAsync(Segment segment, SemaphoreSlim until)
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task holder = Task.Factory.StartNew(
            () =>
            {
                SharedLock gate = LockOf(segment);
                Assert.True(gate.TryEnter(out _));
                held.SetResult();
                until.Wait();
                gate.Exit();
            },
            TaskCreationOptions.LongRunning);
        await held.Task;
        return holder;
    }

    private static unsafe SharedLock LockOf(Segment segment) => new((LockState*)segment.Lock, segment);
}
