using System.Runtime.CompilerServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Tests.Memory;

public class ThreadTokenTests
{
    private const long Reserved = LockState.Waiting;

    [LinuxFact("these are the numbers of Linux; Windows has its own, and its own test")]
    public void On_Linux_a_thread_lives_until_it_ends_and_another_of_its_number_is_another()
    {
        long own = LinuxThreadToken.Make();
        long ended = OnThread(LinuxThreadToken.Make);

        Assert.Equal(own, LinuxThreadToken.Make());
        Assert.Equal(0, own & Reserved);
        Assert.NotEqual(own, ended);
        Assert.True(LinuxThreadToken.IsAlive(own));

        // It is joined a moment before the kernel has cleared it away.
        Assert.True(SpinWait.SpinUntil(() => !LinuxThreadToken.IsAlive(ended), TimeSpan.FromSeconds(10)));
        Assert.False(LinuxThreadToken.IsAlive(own + (1L << 32)));
    }

    [WindowsFact]
    public async Task On_Windows_the_end_of_a_thread_is_seen_by_every_process()
    {
        long own = WindowsThreadToken.Make();
        long ended = OnThread(WindowsThreadToken.Make);

        Assert.Equal(own, WindowsThreadToken.Make());
        Assert.Equal(0, own & Reserved);
        Assert.NotEqual(own, ended);
        Assert.True(SpinWait.SpinUntil(() => !WindowsThreadToken.IsAlive(ended), TimeSpan.FromSeconds(10)));
        Assert.False(WindowsThreadToken.IsAlive(own + (1L << 32)));

        using ManualResetEventSlim end = new();
        long running = 0;
        Thread thread = new(() =>
        {
            Volatile.Write(ref running, WindowsThreadToken.Make());
            end.Wait();
        });
        thread.Start();
        SpinWait.SpinUntil(() => Volatile.Read(ref running) != 0);
        (bool ownSeen, bool runningSeen, bool endedSeen) = await WorkerProcess.RunAsync(() => (WindowsThreadToken.IsAlive(own), WindowsThreadToken.IsAlive(running), WindowsThreadToken.IsAlive(ended)));
        end.Set();
        thread.Join();
        Assert.Equal((true, true, false), (ownSeen, runningSeen, endedSeen));
    }

    [Fact]
    public async Task The_portable_way_tells_the_same_of_its_own_process_and_the_end_of_others()
    {
        long ended = OnThread(PortableThreadToken.Make);
        (long own, bool alive) = OnThread(static () =>
        {
            long token = PortableThreadToken.Make();
            return (token, PortableThreadToken.IsAlive(token));
        });

        Assert.True(alive);
        Assert.NotEqual(own, ended);
        Assert.NotEqual(0, own);
        Assert.Equal(0, own & Reserved);
        Assert.False(PortableThreadToken.IsAlive(ended));

        long here = PortableThreadToken.Make();
        (long there, bool seen) = await WorkerProcess.RunAsync(() => (PortableThreadToken.Make(), PortableThreadToken.IsAlive(here)));
        Assert.True(seen);
        Assert.True(SpinWait.SpinUntil(() => !PortableThreadToken.IsAlive(there), TimeSpan.FromSeconds(10)));
        Assert.False(PortableThreadToken.IsAlive(here ^ (1L << 40)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T OnThread<T>(Func<T> function)
    {
        T result = default!;
        Thread thread = new(() => result = function());
        thread.Start();
        thread.Join();
        return result;
    }
}
