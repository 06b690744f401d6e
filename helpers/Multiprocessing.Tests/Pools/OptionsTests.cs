using System.Diagnostics;
using System.Globalization;

namespace Multiprocessing.Tests.Pools;

/// <summary>What a pool can be told when it is made.</summary>
public class OptionsTests
{
    [Fact]
    public void Options_that_say_nothing_make_the_usual_pool()
    {
        using WorkerPool pool = new(new WorkerPoolOptions());

        Assert.Equal(Environment.ProcessorCount, pool.Processes);
        Assert.Null(pool.ProcessorsPerWorker);
        Assert.Null(pool.MaxTasksPerWorker);
        pool.AssertUsable();
    }

    [Fact]
    public void What_makes_no_sense_is_refused_where_it_is_said()
    {
        Assert.Throws<ArgumentNullException>("options", () => new WorkerPool((WorkerPoolOptions)null!));
        Assert.Throws<ArgumentOutOfRangeException>("Processes", () => new WorkerPoolOptions { Processes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("ProcessorsPerWorker", () => new WorkerPoolOptions { ProcessorsPerWorker = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("ProcessorsPerWorker", () => new WorkerPoolOptions { ProcessorsPerWorker = 65536 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxTasksPerWorker", () => new WorkerPoolOptions { MaxTasksPerWorker = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxMemoryPerWorker", () => new WorkerPoolOptions { MaxMemoryPerWorker = 0 });
        Assert.Throws<ArgumentException>("Name", () => new WorkerPoolOptions { Name = " " });
        Assert.Throws<ArgumentException>("EnvironmentVariables", () => new WorkerPoolOptions { EnvironmentVariables = new Dictionary<string, string?> { ["A=B"] = "1" } });
        Assert.Throws<ArgumentException>("EnvironmentVariables", () => new WorkerPoolOptions { EnvironmentVariables = new Dictionary<string, string?> { [""] = "1" } });
        Assert.Throws<ArgumentOutOfRangeException>("Priority", () => new WorkerPoolOptions { Priority = (ProcessPriorityClass)1 });
        Assert.Throws<ArgumentOutOfRangeException>("CancellationGrace", () => new WorkerPoolOptions { CancellationGrace = Timeout.InfiniteTimeSpan });
        Assert.Throws<ArgumentOutOfRangeException>("CancellationGrace", () => new WorkerPoolOptions { CancellationGrace = TimeSpan.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>("IdleTimeout", () => new WorkerPoolOptions { IdleTimeout = Timeout.InfiniteTimeSpan });
        Assert.Throws<ArgumentOutOfRangeException>("IdleTimeout", () => new WorkerPoolOptions { IdleTimeout = TimeSpan.MaxValue });
    }

    [Fact]
    public void Workers_are_named_after_the_pool()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 1, Name = "Images" });

        Assert.Equal("Images.1", Assert.Throws<WorkerException>(() => pool.Map(static x => x == 1 ? throw new FormatException() : x, [1])).WorkerName);
        Assert.Equal("Images: 1 worker processes", pool.ToString());
    }

    [Fact]
    public void Functions_and_the_initializer_have_the_culture_that_was_given()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 1, Culture = CultureInfo.GetCultureInfo("de-DE"), Initializer = static () => State.Text = Text(0) });

        Assert.Equal("1,5 de-DE", pool.Run(static () => State.Text));
        Assert.Equal("1,5 de-DE", pool.Run(static () => Text(0)));
        Assert.Equal(["1,5 de-DE"], pool.Map(Text, [1]));
        Assert.Equal("1,5 de-DE", pool.Run(static () => Task.Run(static () => Text(0))));

        static string Text(int x) => $"{1.5} {CultureInfo.CurrentUICulture.Name}";
    }

    [Fact]
    public void Functions_see_environment_variables_besides_those_of_the_program()
    {
        Dictionary<string, string?> variables = new() { ["MULTIPROCESSING_TEST_ONE"] = "하나", ["PATH"] = null };
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 1, EnvironmentVariables = variables, Initializer = static () => State.Text = Environment.GetEnvironmentVariable("MULTIPROCESSING_TEST_ONE") });
        static string? Read(string name) => Environment.GetEnvironmentVariable(name);
        variables.Clear();

        Assert.Equal("하나", pool.Run(static () => State.Text));
        Assert.Equal(["하나", null], pool.Map(Read, ["MULTIPROCESSING_TEST_ONE", "PATH"]));
        Assert.NotNull(Environment.GetEnvironmentVariable("PATH"));

        // What the program sets later is seen as well, as in every pool.
        Environment.SetEnvironmentVariable("MULTIPROCESSING_TEST_TWO", "2");
        try
        {
            Assert.Equal(["하나", "2"], pool.Map(Read, ["MULTIPROCESSING_TEST_ONE", "MULTIPROCESSING_TEST_TWO"]));
            Assert.Equal("2", pool.Run(static () => Read("MULTIPROCESSING_TEST_TWO")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("MULTIPROCESSING_TEST_TWO", null);
        }
    }

    [Fact]
    public void A_lower_priority_holds_for_all_threads_and_for_those_to_come()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, Priority = ProcessPriorityClass.BelowNormal });

        Assert.All(pool.Map(static _ => Process.GetCurrentProcess().PriorityClass, [1, 2], chunkSize: 1), static priority => Assert.Equal(ProcessPriorityClass.BelowNormal, priority));
        if (OperatingSystem.IsLinux())
        {
            // Field 19 of stat, behind the name: the niceness.
            string[] niceness = pool.Run(static () =>
            {
                Thread thread = new(static () => Thread.Sleep(Timeout.Infinite)) { IsBackground = true };
                thread.Start();
                return Directory.GetDirectories("/proc/self/task").Select(static task => File.ReadAllText(task + "/stat")).Select(static stat => stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16]).ToArray();
            });
            Assert.All(niceness, static nice => Assert.Equal("10", nice));
        }
    }

#pragma warning disable CA1416 // What happens elsewhere is part of the test, and the analyzer does not see what comes before a lambda.
    [Fact]
    public void Workers_run_on_the_processors_that_were_given()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            Assert.Throws<PlatformNotSupportedException>(() => new WorkerPoolOptions { ProcessorAffinity = [0] });
            return;
        }

        Assert.Throws<ArgumentException>("ProcessorAffinity", static () => new WorkerPoolOptions { ProcessorAffinity = [] });
        Assert.Throws<ArgumentOutOfRangeException>("ProcessorAffinity", static () => new WorkerPoolOptions { ProcessorAffinity = [-1] });
        Assert.Throws<ArgumentOutOfRangeException>("ProcessorAffinity", static () => new WorkerPoolOptions { ProcessorAffinity = [1024] });
        nint mine = Process.GetCurrentProcess().ProcessorAffinity;
        int processor = System.Numerics.BitOperations.TrailingZeroCount(mine);
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 2, ProcessorAffinity = [processor] });

        Assert.All(pool.Map(static _ => Task.Run(Affinity), [1, 2], chunkSize: 1), mask => Assert.Equal(1L << processor, mask));
        Assert.Equal(mine, Process.GetCurrentProcess().ProcessorAffinity);

        static long Affinity() => OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? Process.GetCurrentProcess().ProcessorAffinity : 0;
    }

    [LinuxFact("Windows takes such a mask for those that there are")]
    public void Processors_that_are_not_there_are_told_of_in_one_line()
    {
        System.ComponentModel.Win32Exception error = Assert.Throws<System.ComponentModel.Win32Exception>(static () => new WorkerPool(new WorkerPoolOptions { Processes = 1, ProcessorAffinity = [1000, 1001] }));

        Assert.StartsWith("The system does not let a worker run on processors 1000, 1001: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

#pragma warning restore CA1416
    [Fact]
    public void A_worker_that_keeps_too_much_memory_is_replaced_after_the_input()
    {
        const int Kept = 300_000_000;
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 1, MaxMemoryPerWorker = Kept });
        static int Keep(int bytes)
        {
            if (bytes > 0)
            {
                State.Memory = GC.AllocateUninitializedArray<byte>(bytes);
                State.Memory.AsSpan().Fill(1);
            }

            // Of inputs as short as these without it, some more would be under way to the worker.
            Thread.Sleep(3);
            return Environment.ProcessId;
        }

        // One that keeps little stays.
        int[] first = [pool.Run(static () => Keep(1000)), pool.Run(static () => Keep(1000)), pool.Run(static () => Keep(Kept)), pool.Run(static () => Keep(0))];
        Assert.Equal(first[0], first[1]);
        Assert.Equal(first[0], first[2]);
        Assert.NotEqual(first[2], first[3]);

        // Within a call, too, and whether the results are bits or not.
        int[] map = pool.Map(Keep, [0, Kept, 0, 0], chunkSize: 1);
        Assert.Equal([map[0], map[0], map[2], map[2]], map);
        Assert.NotEqual(map[0], map[2]);
        string[] texts = pool.Map(static x => $"{Keep(x)}", [Kept, 0], chunkSize: 1);
        Assert.NotEqual(texts[0], texts[1]);
        int[] failed = [pool.Run(static () => Environment.ProcessId), Assert.Throws<WorkerException>(() => pool.ForEach(static (int x) => { throw new InvalidDataException($"{Keep(x)}"); }, (int[])[Kept])).ProcessId, pool.Run(static () => Environment.ProcessId)];
        Assert.Equal(failed[0], failed[1]);
        Assert.NotEqual(failed[1], failed[2]);
    }

    [Fact]
    public async Task The_grace_is_the_one_that_was_given()
    {
        using WorkerPool none = new(new WorkerPoolOptions { Processes = 1, CancellationGrace = TimeSpan.Zero });
        using WorkerPool much = new(new WorkerPoolOptions { Processes = 1, CancellationGrace = TimeSpan.FromHours(1) });
        using SharedValue<int> begun = new();
        using CancellationTokenSource cancellation = new();
        int Wait(CancellationToken token)
        {
            begun.Increment();
            token.WaitHandle.WaitOne();
            Thread.Sleep(1500);
            return Environment.ProcessId;
        }

        int[] before = [none.WorkerIds()[0], much.WorkerIds()[0]];
        Task[] calls = [none.RunAsync(Wait, cancellation.Token), much.RunAsync(Wait, cancellation.Token)];
        Assert.True(Rendezvous.Await(() => begun.Value == 2), "They did not begin.");
        await cancellation.CancelAsync();
        foreach (Task call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        Assert.NotEqual(before[0], none.WorkerIds()[0]);
        Assert.Equal(before[1], much.WorkerIds()[0]);
    }

    [Fact]
    public async Task The_end_of_the_pool_waits_for_no_grace()
    {
        WorkerPool pool = new(new WorkerPoolOptions { Processes = 1, CancellationGrace = TimeSpan.FromHours(1) });
        using SharedValue<bool> begun = new();
        using CancellationTokenSource cancellation = new();
        Task call = pool.RunAsync(
            _ =>
            {
                begun.Value = true;
                Thread.Sleep(Timeout.Infinite);
            },
            cancellation.Token);
        Assert.True(Rendezvous.Await(() => begun.Value), "It did not begin.");
        await cancellation.CancelAsync();
        pool.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    /// <summary>What a worker keeps.</summary>
    private static class State
    {
        public static string? Text { get; set; }

        public static byte[]? Memory { get; set; }
    }
}
