using System.Diagnostics;
using System.Runtime.InteropServices;
using Multiprocessing.Memory;
using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Memory;

public sealed unsafe class AsyncWaiterTests : IDisposable
{
    /// <summary>More than a system waits for at once.</summary>
    private const int Many = 200;

    private readonly SharedEventState* _states = (SharedEventState*)NativeMemory.AllocZeroed(Many, (nuint)sizeof(SharedEventState));
    private readonly AsyncWaiter _waiter = new();

    public void Dispose() => NativeMemory.Free(_states);

    [Fact]
    public void Of_more_words_than_the_system_waits_for_it_looks_seldom_while_nothing_moves_and_sees_each_change()
    {
        int looks = 0;
        bool[] isReady = new bool[Many];
        Task[] waits = [.. Enumerable.Range(0, Many).Select(i => WaitAsync(i, () =>
        {
            Interlocked.Add(ref looks, i == 0 ? 1 : 0);
            return Volatile.Read(ref isReady[i]);
        }))];
        Thread.Sleep(200);
        Volatile.Write(ref looks, 0);
        Stopwatch watch = Stopwatch.StartNew();
        Thread.Sleep(500);
        int seen = Volatile.Read(ref looks);

        // A fraction of once a millisecond, which is as often as one can sleep; fewer on a machine that has much to do.
        Assert.InRange(seen, 1, watch.ElapsedMilliseconds / 4);
        for (int i = Many - 1; i >= 0; i--)
        {
            Volatile.Write(ref isReady[i], true);
            EventOf(i).Set();
        }

        Assert.True(Rendezvous.Await(() => Array.TrueForAll(waits, static wait => wait.IsCompletedSuccessfully)));
    }

    private SharedEvent EventOf(int index) => new(_states + index, owner: null);

    private Task WaitAsync(int index, Func<bool> isReady) =>
        _waiter.WaitAsync(new AsyncWait(EventOf(index), isReady, WaitDeadline.Never), CancellationToken.None, CancellationToken.None);
}
