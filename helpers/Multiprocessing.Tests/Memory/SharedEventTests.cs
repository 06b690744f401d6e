using System.Diagnostics;
using System.Runtime.InteropServices;
using Multiprocessing.Memory;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Memory;

public sealed class SharedEventTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly nint _place = Allocate();
    private readonly nint _otherPlace = Allocate();

    private SharedEvent Event => At(_place);

    private SharedEvent OtherEvent => At(_otherPlace);

    private unsafe ref SharedEventState State => ref *(SharedEventState*)_place;

    public unsafe void Dispose()
    {
        NativeMemory.AlignedFree((void*)_place);
        NativeMemory.AlignedFree((void*)_otherPlace);
    }

    [Fact]
    public async Task A_set_wakes_whoever_sleeps()
    {
        using SemaphoreSlim prepared = new(0);
        Task waiter = Wait(Event, () => prepared.Release());
        await prepared.WaitAsync();
        Event.Set();
        await waiter;
    }

    [Fact]
    public async Task A_set_between_the_announcement_and_the_wait_is_not_missed()
    {
        int ticket = Event.PrepareWait();
        Event.Set();
        Task waiter = Task.Factory.StartNew(() => Event.Wait(ticket, Long), TaskCreationOptions.LongRunning);
        await waiter;
    }

    [Fact]
    public async Task One_set_wakes_all_that_wait()
    {
        const int waiters = 5;
        using CountdownEvent prepared = new(waiters);
        Task[] all = [.. Enumerable.Range(0, waiters).Select(_ => Wait(Event, () => prepared.Signal()))];
        prepared.Wait();
        Event.Set();
        await Task.WhenAll(all);
    }

    [Fact]
    public void A_set_that_nobody_waits_for_changes_nothing()
    {
        Event.Set();
        Assert.Equal(0, State.Sets);
        Event.PrepareWait();
        Event.Set();
        Event.Set();
        Assert.Equal(1, State.Sets);
    }

    [Fact]
    public async Task A_setter_that_died_before_it_woke_anybody_leaves_the_waking_to_the_next_one()
    {
        using SemaphoreSlim prepared = new(0);
        Task waiter = Wait(Event, () => prepared.Release());
        await prepared.WaitAsync();
        await Task.Delay(50);
        State.Sets++;
        Event.Set();
        await waiter;
    }

    [Fact]
    public async Task A_setter_that_died_after_it_woke_the_others_costs_one_spare_wake_and_no_more()
    {
        int ticket = Event.PrepareWait();
        State.Sets++;
        Event.Set();
        Assert.Equal(2, State.Sets);
        Event.Set();
        Assert.Equal(2, State.Sets);
        await Task.Factory.StartNew(() => Event.Wait(ticket, Long), TaskCreationOptions.LongRunning);
    }

    [Fact]
    public async Task A_waiter_that_died_costs_one_spare_wake_and_no_more()
    {
        Event.PrepareWait();
        using SemaphoreSlim prepared = new(0);
        Task waiter = Wait(Event, () => prepared.Release());
        await prepared.WaitAsync();
        Event.Set();
        await waiter;
        int sets = State.Sets;
        Event.Set();
        Assert.Equal(sets, State.Sets);
    }

    /// <summary>Ping-pong without a look in between: a wake-up that is lost makes one side sleep its whole limit.</summary>
    [Fact]
    public async Task No_wake_up_is_lost_between_two_that_wait_for_each_other()
    {
        const int rounds = 20_000;
        int turn = 0;
        int slept = 0;
        void Play(int me, SharedEvent mine, SharedEvent others)
        {
            for (int round = 0; round < rounds; round++)
            {
                while (Volatile.Read(ref turn) != me)
                {
                    int ticket = mine.PrepareWait();
                    if (Volatile.Read(ref turn) != me)
                    {
                        long begin = Stopwatch.GetTimestamp();
                        mine.Wait(ticket, Long);
                        Interlocked.Add(ref slept, Stopwatch.GetElapsedTime(begin) >= Long ? 1 : 0);
                    }
                }

                Volatile.Write(ref turn, 1 - me);
                others.Set();
            }
        }

        Task other = Task.Factory.StartNew(() => Play(1, Event, OtherEvent), TaskCreationOptions.LongRunning);
        await Task.Factory.StartNew(() => Play(0, OtherEvent, Event), TaskCreationOptions.LongRunning);
        await other;
        Assert.Equal(0, slept);
    }

    [Fact]
    public async Task An_event_keeps_the_memory_that_it_lies_in_mapped()
    {
        (SharedEvent ev, WeakReference<Segment> segment) = Make();
        Collect();
        Assert.True(segment.TryGetTarget(out _));
        await Task.Factory.StartNew(() => ev.Set(), TaskCreationOptions.LongRunning);
        Assert.Equal(0, ev.PrepareWait());
    }

    private static unsafe nint Allocate()
    {
        SharedEventState* state = (SharedEventState*)NativeMemory.AlignedAlloc((nuint)sizeof(SharedEventState), 128);
        *state = default;
        return (nint)state;
    }

    private static unsafe SharedEvent At(nint place) => new((SharedEventState*)place, owner: null);

    private static unsafe (SharedEvent Event, WeakReference<Segment> Segment) Make()
    {
        Segment segment = WorkerHost.Default.Memory.Create(sizeof(SharedEventState));
        return (new SharedEvent((SharedEventState*)segment.Data, segment), new WeakReference<Segment>(segment));
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static Task Wait(SharedEvent shared, Action prepared) => Task.Factory.StartNew(
        () =>
        {
            int ticket = shared.PrepareWait();
            prepared();
            Stopwatch watch = Stopwatch.StartNew();
            shared.Wait(ticket, Long);
            Assert.True(watch.Elapsed < Long, "It was not woken.");
        },
        TaskCreationOptions.LongRunning);
}
