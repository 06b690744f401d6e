using Multiprocessing.Tests.Pools;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Synchronization;

public class ProcessBarrierTests
{
    [Fact]
    public async Task Nobody_begins_a_phase_before_all_have_ended_the_one_before()
    {
        const int phases = 200, participants = 4;
        using ProcessBarrier barrier = new(participants);
        using SharedArray<int> done = new(participants);
        using SharedValue<int> wrong = new();
        void Run(int me)
        {
            for (int phase = 1; phase <= phases; phase++)
            {
                done[me] = phase;
                barrier.SignalAndWait();
                for (int other = 0; other < participants; other++)
                {
                    if (done[other] < phase)
                    {
                        wrong.Increment();
                    }
                }

                barrier.SignalAndWait();
            }
        }

        async Task RunAsync(int me)
        {
            for (int phase = 1; phase <= phases; phase++)
            {
                done[me] = phase;
                await barrier.SignalAndWaitAsync();
                await barrier.SignalAndWaitAsync();
            }
        }

        await Task.WhenAll(WorkerProcess.RunAsync(() => Run(0)), WorkerProcess.RunAsync(() => Run(1)), Task.Run(() => Run(2)), Task.Run(() => RunAsync(3)));

        Assert.Equal((0, 2 * phases), (wrong.Value, barrier.CurrentPhaseNumber));
        Assert.Equal((participants, participants, false), (barrier.ParticipantCount, barrier.ParticipantsRemaining, barrier.IsBroken));
        Assert.Equal($"ProcessBarrier: 0 of {participants} have arrived, phase {2 * phases}", barrier.ToString());
    }

    [Fact]
    public async Task A_participant_whose_time_is_up_or_who_is_cancelled_has_not_arrived()
    {
        using ProcessBarrier barrier = new(2);
        Assert.False(barrier.SignalAndWait(TimeSpan.FromMilliseconds(20)));
        Assert.False(await barrier.SignalAndWaitAsync(TimeSpan.FromMilliseconds(20)));
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(20));
        Assert.ThrowsAny<OperationCanceledException>(() => barrier.SignalAndWait(cancel.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => barrier.SignalAndWaitAsync(cancel.Token));
        Assert.Equal(2, barrier.ParticipantsRemaining);

        await Task.WhenAll(Task.Run(() => barrier.SignalAndWait()), WorkerProcess.RunAsync(() => barrier.SignalAndWait()));
        Assert.Equal(1, barrier.CurrentPhaseNumber);
    }

    [Fact]
    public async Task Participants_come_and_go()
    {
        using ProcessBarrier barrier = new(2);
        Assert.Equal(0, barrier.AddParticipants(2));
        Task waiting = Task.Run(() => barrier.SignalAndWait());
        Assert.True(Rendezvous.Await(() => barrier.ParticipantsRemaining == 3));
        barrier.RemoveParticipants(3);
        await waiting;
        Assert.Equal((1, 1L), (barrier.ParticipantCount, barrier.CurrentPhaseNumber));
        barrier.SignalAndWait();
        Assert.Throws<ArgumentOutOfRangeException>(() => barrier.RemoveParticipants(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => barrier.AddParticipants(short.MaxValue));
        barrier.RemoveParticipants();
        Assert.Throws<InvalidOperationException>(() => barrier.SignalAndWait());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessBarrier(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessBarrier(40_000));
    }

    [Fact]
    public async Task When_a_worker_that_takes_part_is_killed_those_that_wait_are_told()
    {
        using ProcessBarrier barrier = new(3);
        using ProcessEvent begun = new();
        using WorkerProcess worker = new(() =>
        {
            GC.KeepAlive(barrier);
            begun.Set();
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        begun.Wait();
        Task blocking = Task.Run(() => barrier.SignalAndWait());
        Task waiting = barrier.SignalAndWaitAsync();
        await Task.Delay(50);
        Processes.Kill(worker.Id);

        BrokenBarrierException broken = await Assert.ThrowsAsync<BrokenBarrierException>(() => blocking);
        Assert.Contains($"{worker.Id}", broken.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BrokenBarrierException>(() => waiting);
        Assert.Throws<BrokenBarrierException>(() => barrier.SignalAndWait());
        Assert.True(barrier.IsBroken);
    }

    [Fact]
    public async Task When_a_worker_that_takes_part_throws_those_that_wait_are_told()
    {
        using ProcessBarrier barrier = new(2);
        Task other = WorkerProcess.RunAsync(() => barrier.SignalAndWait());
        await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() =>
        {
            GC.KeepAlive(barrier);
            throw new InvalidOperationException("not there");
        }));

        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => other);
        Assert.IsType<BrokenBarrierException>(error.InnerException);
    }

    [Fact]
    public async Task Break_lets_nobody_wait_any_more()
    {
        using ProcessBarrier barrier = new(2);
        Task<bool> waiting = Task.Run(() => barrier.SignalAndWait(Timeout.InfiniteTimeSpan));
        Assert.True(Rendezvous.Await(() => barrier.ParticipantsRemaining == 1));
        await WorkerProcess.RunAsync(barrier.Break);
        await Assert.ThrowsAsync<BrokenBarrierException>(() => waiting);
        Assert.Equal("ProcessBarrier: broken", barrier.ToString());
    }

    [Fact]
    public async Task A_broken_barrier_stays_broken_whoever_comes_or_goes()
    {
        using ProcessBarrier barrier = new(3);
        Task<bool> first = Task.Run(() => barrier.SignalAndWait(Timeout.InfiniteTimeSpan)), second = barrier.SignalAndWaitAsync(Timeout.InfiniteTimeSpan);
        Assert.True(Rendezvous.Await(() => barrier.ParticipantsRemaining == 1));
        barrier.Break();
        await Assert.ThrowsAsync<BrokenBarrierException>(() => first);
        await Assert.ThrowsAsync<BrokenBarrierException>(() => second);

        Assert.Throws<BrokenBarrierException>(() => barrier.AddParticipants());
        Assert.Throws<BrokenBarrierException>(() => barrier.AddParticipants(short.MaxValue));
        Assert.Throws<BrokenBarrierException>(() => barrier.RemoveParticipants());
        Assert.Throws<BrokenBarrierException>(() => barrier.RemoveParticipants(3));
        Assert.Throws<BrokenBarrierException>(() => barrier.SignalAndWait());
        Assert.Equal((true, 3, 0L), (barrier.IsBroken, barrier.ParticipantCount, barrier.CurrentPhaseNumber));
    }

    [Fact]
    public async Task Dispose_ends_the_waiting_in_this_process()
    {
        ProcessBarrier barrier = new(3);
        Task blocking = Task.Run(() => barrier.SignalAndWait());
        Task waiting = barrier.SignalAndWaitAsync();
        Assert.True(Rendezvous.Await(() => barrier.ParticipantsRemaining == 1));
        barrier.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => blocking);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(() => barrier.SignalAndWait());
        Assert.Throws<ObjectDisposedException>(barrier.Break);
        Assert.Equal("ProcessBarrier: disposed", barrier.ToString());
    }
}
