using System.Diagnostics;
using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Tests.Memory;

public sealed class SharedLockTests : IDisposable
{
    private readonly nint _place = Allocate();

    private unsafe SharedLock Lock => new((LockState*)_place, owner: null);

    private unsafe ref LockState State => ref *(LockState*)_place;

    public unsafe void Dispose() => NativeMemory.AlignedFree((void*)_place);

    [Fact]
    public async Task To_try_without_waiting_asks_for_the_holder_once_in_a_slice_at_most()
    {
        using SemaphoreSlim done = new(0);
        Task holder = await HoldAsync(done);
        HashSet<long> looks = [];
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < 10_000; i++)
        {
            Assert.False(Lock.TryEnter(out _));
            looks.Add(State.LookedAt);
        }

        Assert.InRange(looks.Count, 1, 2 + (int)(watch.Elapsed / WaitDeadline.Slice));
        done.Release();
        await holder;
    }

    [Fact]
    public Task To_try_without_waiting_again_and_again_finds_a_holder_that_has_died() => Task.Run(() =>
    {
        Assert.True(Lock.TryEnter(out _));
        Lock.Exit();
        Thread dead = new(() =>
        {
            Lock.TryEnter(out _);
            Lock.TryEnter(out _);
        });
        dead.Start();
        dead.Join();
        bool wasAbandoned;
        while (!Lock.TryEnter(out wasAbandoned))
        {
            Thread.Yield();
        }

        Assert.True(wasAbandoned);
        Assert.Equal(0, State.Reentries);
        Lock.Exit();
        Assert.False(Lock.IsHeld);
        Assert.True(Lock.TryEnter(out wasAbandoned));
        Assert.False(wasAbandoned);
        Lock.Exit();
    });

    [Fact]
    public async Task An_exit_wakes_one_that_sleeps_after_the_other()
    {
        using SemaphoreSlim done = new(0);
        Task holder = await HoldAsync(done);
        int entered = 0;
        Task[] sleepers = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                Assert.True(Lock.TryEnter(WaitDeadline.Never, out bool wasAbandoned));
                Assert.False(wasAbandoned);
                entered++;
                Lock.Exit();
            },
            TaskCreationOptions.LongRunning))];
        await Task.Delay(100);
        Assert.Equal(0, Volatile.Read(ref entered));
        done.Release();
        await holder;
        await Task.WhenAll(sleepers);
        Assert.Equal(4, entered);
        Assert.False(Lock.IsHeld);
    }

    private static unsafe nint Allocate()
    {
        LockState* state = (LockState*)NativeMemory.AlignedAlloc((nuint)sizeof(LockState), 64);
        *state = default;
        return (nint)state;
    }

    private async Task<Task> HoldAsync(SemaphoreSlim until)
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task holder = Task.Factory.StartNew(
            () =>
            {
                Assert.True(Lock.TryEnter(out _));
                held.SetResult();
                until.Wait();
                Lock.Exit();
            },
            TaskCreationOptions.LongRunning);
        await held.Task;
        return holder;
    }
}
