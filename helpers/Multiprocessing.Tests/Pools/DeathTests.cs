using System.Diagnostics;
using Multiprocessing.Connections.Calls;
using Multiprocessing.Pools;
using Multiprocessing.Tests.Workers;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>Workers that die in the middle of a map: CPython's pool hangs for ever then.</summary>
public class DeathTests
{
    public static TheoryData<string, int, string?> Deaths => new()
    {
        { "exit", 3, null },
        { "exit 0", 0, null },
        { "fail fast", Ends.FailedFast.ExitCode, Ends.FailedFast.Signal },
        { "kill", Ends.Killed.ExitCode, Ends.Killed.Signal },
        { "overflow", Ends.Overflowed.ExitCode, Ends.Overflowed.Signal },
    };

    // loky: test_crash_races, TestExecutorDeadLock.test_crash. CPython (concurrent.futures): test_deadlock's CrashAtTask.
    [Theory]
    [MemberData(nameof(Deaths))]
    public void A_worker_that_dies_is_told_with_its_end_and_its_input(string death, int exitCode, string? signal)
    {
        Assert.SkipWhen(Wine.IsRunning && death == "overflow", WineGaps.StackOverflow);
        Assert.SkipWhen(Wine.IsRunning && death == "fail fast", WineGaps.FailFast);
        using WorkerPool pool = new(2);
        int[] before = pool.WorkerIds();
        WorkerDiedException error = Assert.Throws<WorkerDiedException>(() => pool.Map(x => x == 3 ? Die(death) : x, Enumerable.Range(0, 8)));

        Assert.Equal(3, error.InputIndex);
        Assert.Contains(error.ProcessId, before);
        Assert.Contains("input 3", error.Message, StringComparison.Ordinal);
        Assert.Equal(exitCode, error.ExitCode);
        Assert.Equal(signal, error.Signal);
        Assert.Contains(death == "overflow" ? nameof(Die) : "", error.LastErrorLines, StringComparison.Ordinal);
        Assert.Equal([0, 1, 4], pool.Map(static x => x * x, [0, 1, 2]));
        Assert.DoesNotContain(error.ProcessId, pool.WorkerIds());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    public void The_error_does_not_wait_for_the_other_inputs_and_nothing_more_is_handed_out(int? chunkSize)
    {
        using WorkerPool pool = new(2);
        using SharedValue<int> begun = new();
        int Work(int x)
        {
            begun.Increment();
            if (x == 1)
            {
                Rendezvous.Await(() => begun.Value >= 2 || chunkSize > 1);
                Die("kill");
            }

            // The others never end: who waited for one of them would wait for ever.
            Thread.Sleep(chunkSize > 1 && x == 0 ? 0 : Timeout.Infinite);
            return x;
        }

        WorkerDiedException error = Assert.Throws<WorkerDiedException>(() => pool.Map(Work, Enumerable.Range(0, 20), chunkSize));

        Assert.Equal(1, error.InputIndex);
        int after = begun.Value;
        Assert.InRange(after, 2, 3);
        pool.AssertUsable();
        Assert.Equal(after, begun.Value);
    }

    [Fact]
    public async Task Every_kind_of_call_is_told()
    {
        using WorkerPool pool = new(2);
        static int Work(int x) => x == 2 ? Die("exit") : x;
        static int Add(int a, int b) => a + b;
        int[] inputs = [0, 1, 2, 3];
        Func<Task>[] ways =
        [
            () => pool.MapAsync(Work, inputs),
            () => pool.MapAsync(static async x =>
            {
                await Task.Delay(1);
                return Work(x);
            }, inputs),
            () => Task.Run(() => pool.MapReduce(Work, Add, inputs)),
            () => Task.Run(() => pool.ForEach(static x => { Work(x); }, inputs)),
            async () => await pool.MapOrdered(Work, inputs).ToArrayAsync(),
            async () => await pool.MapUnordered(Work, inputs).ToArrayAsync(),
        ];
        foreach (Func<Task> way in ways)
        {
            WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(way);
            Assert.Equal((2, 3), (error.InputIndex, error.ExitCode));
            Assert.Equal([1], pool.Map(static x => x, [1]));
        }

        Assert.Null((await Assert.ThrowsAsync<WorkerDiedException>(() => pool.RunAsync(static () => { Die("exit"); }))).InputIndex);
        Assert.Equal(Ends.Killed.Signal, Assert.Throws<WorkerDiedException>(() => { pool.Run(static () => Die("kill")); }).Signal);
        Assert.Throws<WorkerDiedException>(() => pool.MapReduce(static x => x, static (a, b) => Die("exit"), inputs, chunkSize: 4));
        pool.AssertUsable();
    }

    // loky: test_deadlock_kill.
    [Fact]
    public async Task A_worker_that_is_killed_from_outside_in_the_middle_of_an_input_is_told()
    {
        using WorkerPool pool = new(2);
        using SharedValue<int> victim = new();
        Task<int[]> mapping = pool.MapAsync(
            x =>
            {
                if (x == 5)
                {
                    victim.Value = Environment.ProcessId;
                    Thread.Sleep(Timeout.Infinite);
                }

                return x;
            },
            Enumerable.Range(0, 10), chunkSize: 1);
        Assert.True(Rendezvous.Await(() => victim.Value != 0), "It did not begin.");
        Processes.Kill(victim.Value);
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(() => mapping);

        Assert.Equal((5, Ends.Killed, victim.Value), (error.InputIndex, (error.ExitCode, error.Signal), error.ProcessId));
        pool.AssertUsable();
    }

    [Fact]
    public async Task A_death_fails_the_call_whose_worker_it_was_and_no_other()
    {
        using WorkerPool pool = new(2);
        Task<int[]> good = pool.MapAsync(
            static x =>
            {
                Thread.Sleep(5);
                return x;
            },
            Enumerable.Range(0, 60), chunkSize: 1);
        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<WorkerDiedException>(() => pool.RunAsync(static () => { Die("exit"); }));
        }

        Assert.Equal(Enumerable.Range(0, 60), await good);
    }

    [Fact]
    public void An_idle_worker_that_is_killed_fails_nobody_s_call()
    {
        using WorkerPool pool = new(2);
        for (int round = 0; round < 5; round++)
        {
            foreach (int id in pool.WorkerIds().Take(1 + (round % 2)))
            {
                Processes.Kill(id);
            }

            // At once, before anybody may have noticed, and later.
            Thread.Sleep(round > 2 ? 50 : 0);
            Assert.Equal(Enumerable.Range(1, 10), pool.Map(static x => x + 1, Enumerable.Range(0, 10)));
            pool.AssertUsable();
        }
    }

    // loky: test_crash_races, with each worker of the pool.
    [Fact]
    public void All_workers_may_die_at_once_and_again()
    {
        using WorkerPool pool = new(2);
        for (int round = 0; round < 5; round++)
        {
            Assert.InRange(Assert.Throws<WorkerDiedException>(() => pool.Map(static x => Die("kill"), Enumerable.Range(0, 6), chunkSize: 1)).InputIndex!.Value, 0, 1);
        }

        pool.AssertUsable();
    }

    // loky: test_crash_big_array, TestExecutorDeadLock with large arguments: whoever writes to the dead worker must not write for ever.
    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public void A_worker_that_dies_while_large_inputs_are_under_way_is_told(int? chunkSize)
    {
        using WorkerPool pool = new(2);
        pool.AssertUsable();
        byte[] large = new byte[8_000_000];
        Assert.Throws<WorkerDiedException>(() => pool.Map(static bytes => bytes.Length > 0 ? Die("kill") : 0, Enumerable.Repeat(large, 10), chunkSize));
        Assert.Throws<WorkerDiedException>(() => pool.Map(bytes => large.Length > 0 ? Die("kill") : 0, Enumerable.Repeat(large, 10), chunkSize));

        pool.AssertUsable();
    }

    [Fact]
    public void A_worker_that_dies_while_it_sends_a_large_result_is_told()
    {
        using WorkerPool pool = new(2);
        using SharedValue<int> victim = new();
        byte[][] Large(int x)
        {
            if (x == 0)
            {
                int self = victim.Value = Environment.ProcessId;
                new Thread(() =>
                {
                    Thread.Sleep(30);
                    Processes.Kill(self);
                }).Start();
            }

            return [.. Enumerable.Range(0, x == 0 ? 30 : 1).Select(static _ => new byte[8_000_000])];
        }

        // Either it was quicker than its death, or it is told; the other input is none of its business.
        Exception? error = Record.Exception(() => { pool.Map(Large, [0], chunkSize: 1); });
        Assert.True(error is null or WorkerDiedException { InputIndex: 0 or null }, $"{error}");
        Assert.True(Processes.AllEnd([victim.Value]), "It did not die.");
        Assert.Equal(8_000_000, pool.Map(Large, [1])[0][0].Length);
        pool.AssertUsable();
    }

    // loky: TestExecutorDeadLock's CrashAtUnpickle as an argument, ExitAtUnpickle as an argument.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_worker_that_dies_while_it_reads_its_input_is_told(int? chunkSize)
    {
        using WorkerPool pool = new(2);
        object[] inputs = [.. Enumerable.Range(0, 8).Select(static x => x == 2 ? new HashSet<Key> { new(Environment.ProcessId, KeyDeed.ExitElsewhere) } : (object)x)];
        WorkerDiedException error = Assert.Throws<WorkerDiedException>(() => pool.Map(static input => input.GetHashCode(), inputs, chunkSize));

        Assert.Equal((9, 2), (error.ExitCode, error.InputIndex));
        pool.AssertUsable();
    }

    // loky: TestExecutorDeadLock with the function itself: what is sent once must not kill one worker after another.
    [Fact]
    public void Workers_that_die_while_they_read_the_function_end_the_call()
    {
        using WorkerPool pool = new(2);
        HashSet<Key> captured = [new Key(Environment.ProcessId, KeyDeed.ExitElsewhere)];

        Assert.Equal(9, Assert.Throws<WorkerDiedException>(() => pool.Map(x => x + captured.Count, Enumerable.Range(0, 1000))).ExitCode);
        Assert.Equal(9, Assert.Throws<WorkerDiedException>(() => { pool.Run(() => captured.Count); }).ExitCode);
        pool.AssertUsable();
    }

    [Fact]
    public async Task A_death_after_the_answer_is_none_of_the_call_s()
    {
        WorkerSet workers = new(WorkerHost.Default, new PoolSettings { Size = 1, Name = "Late" });
        using SharedValue<bool> hasAnswered = new();
        LateCall call = new(workers, Call.Of(() =>
        {
            new Thread(() =>
            {
                Rendezvous.Await(() => hasAnswered.Value);
                Die("exit");
            }).Start();
            return 5;
        }), () => hasAnswered.Value = true);
        await Task.Run(() => call.Run(default));
        await workers.EndAsync();

        Assert.Equal((null, 5), (call.Error, call.Result));
    }

    // Results that are not bits are lost with their worker, as far as it had not sent them.
    [Fact]
    public void The_input_of_a_reduction_of_objects_that_a_worker_died_of_is_named()
    {
        using WorkerPool pool = new(1);
        WorkerDiedException error = Assert.Throws<WorkerDiedException>(() => pool.MapReduce(
            static x => x == 500 ? $"{Die("exit")}" : $"{x}", static (a, b) => a.Length > b.Length ? a : b, Enumerable.Range(480, 40), chunkSize: 40));

        Assert.Equal(20, error.InputIndex);
        Assert.Contains("500", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_death_in_the_middle_of_a_large_result_nothing_more_is_begun()
    {
        using WorkerPool pool = new(1);
        using SharedValue<int> begun = new();
        int[] victims = pool.WorkerIds();
        TrapObject.OnArrival = () => Processes.Kill(victims[0]);
        try
        {
            WorkerDiedException error = Assert.Throws<WorkerDiedException>(() => pool.Map(
                x =>
                {
                    begun.Increment();
                    return new object[] { x == 0 ? new TrapObject() : "", new byte[x == 0 ? 64_000_000 : 1] };
                },
                Enumerable.Range(0, 20),
                chunkSize: 1));

            Assert.Equal(0, error.InputIndex);
        }
        finally
        {
            TrapObject.OnArrival = null;
        }

        Assert.InRange(begun.Value, 1, 2);
    }

    [Fact]
    public void Workers_that_end_with_their_pool_have_not_died()
    {
        WorkerPool pool = new(2);
        pool.AssertUsable();

        // While the call takes what the other one says, and before it looks at this one.
        TrapObject.OnArrival = pool.Dispose;
        try
        {
            Assert.Throws<ObjectDisposedException>(() => pool.Map(
                static x =>
                {
                    Thread.Sleep(x == 0 ? Timeout.Infinite : 0);
                    return new TrapObject();
                },
                [0, 1],
                chunkSize: 1));
        }
        finally
        {
            TrapObject.OnArrival = null;
        }
    }

    internal static int Die(string how)
    {
        switch (how)
        {
            case "exit":
                Environment.Exit(3);
                break;
            case "exit 0":
                Environment.Exit(0);
                break;
            case "fail fast":
                Environment.FailFast("enough");
                break;
            case "overflow":
                return Die(how) + Die(how);
            default:
                using (Process self = Process.GetCurrentProcess())
                {
                    self.Kill();
                }

                break;
        }

        Thread.Sleep(Timeout.Infinite);
        return 0;
    }
}
