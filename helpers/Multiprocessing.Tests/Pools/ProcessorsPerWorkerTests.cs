using System.Runtime.InteropServices;

namespace Multiprocessing.Tests.Pools;

/// <summary>Workers that are told how many processors they have.</summary>
public partial class ProcessorsPerWorkerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void A_worker_sees_as_many_processors_as_it_is_to(int processors)
    {
        using WorkerPool pool = new(2, processorsPerWorker: processors);

        Assert.Equal(processors, pool.ProcessorsPerWorker);
        Assert.Equal([processors, processors, processors, processors], pool.Map(static _ => Environment.ProcessorCount, new int[4]));
    }

    [Fact]
    public void Without_a_word_it_sees_all()
    {
        using WorkerPool pool = new(1);

        Assert.Null(pool.ProcessorsPerWorker);
        Assert.Equal(Environment.ProcessorCount, pool.Run(static () => Environment.ProcessorCount));
    }

    [Fact]
    public void What_works_in_parallel_in_it_does_so_by_that_number()
    {
        using WorkerPool one = new(1, processorsPerWorker: 1), three = new(1, processorsPerWorker: 3);

        Assert.Equal((1, 3), (one.Run(MostAtOnce), three.Run(MostAtOnce)));
        Assert.Equal(1, one.Run(ThreadsOfQuery));
    }

    [Fact]
    public void A_pool_in_it_is_of_that_size_and_its_workers_see_as_many()
    {
        using WorkerPool pool = new(1, processorsPerWorker: 1);

        Assert.Equal((1, 1), pool.Run(static () =>
        {
            using WorkerPool inner = new();
            return (inner.Processes, inner.Run(static () => Environment.ProcessorCount));
        }));
    }

    [Fact]
    public void Native_libraries_find_it_in_the_environment_that_the_process_was_started_with()
    {
        using WorkerPool pool = new(1, processorsPerWorker: 2);

        Assert.Equal(["2", "2", "2"], pool.Run(static () => Array.ConvertAll(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], NativeVariable)));
        Assert.Null(pool.Run(static () =>
        {
            // What .NET sets, native code does not find: so what it has found was there from the start.
            Environment.SetEnvironmentVariable("SET_BY_DOTNET", "3");
            return NativeVariable("SET_BY_DOTNET");
        }));
        Assert.Equal("2", pool.Run(static () => Environment.GetEnvironmentVariable("OMP_NUM_THREADS")));
        using WorkerPool other = new(1);
        Assert.Null(other.Run(static () => Environment.GetEnvironmentVariable("OMP_NUM_THREADS")));
    }

    [Fact]
    public void A_worker_that_takes_the_place_of_another_sees_as_many()
    {
        using WorkerPool pool = new(new WorkerPoolOptions { Processes = 1, ProcessorsPerWorker = 5, MaxTasksPerWorker = 1 });

        Assert.Equal([5, 5, 5], pool.Map(static _ => Environment.ProcessorCount, new int[3], chunkSize: 1));
    }

    [Fact]
    public async Task A_worker_that_was_not_used_after_all_is_no_other_pools()
    {
        using FileStream stream = File.OpenRead(Environment.ProcessPath!);
        Assert.Throws<NotShippableException>(() => new WorkerPool(1, () => stream.ReadByte(), processorsPerWorker: 7));

        int[] seen = await Task.WhenAll(Enumerable.Range(0, 4).Select(static _ => WorkerProcess.RunAsync(static () => Environment.ProcessorCount)));
        Assert.DoesNotContain(7, seen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(70_000)]
    public void A_number_that_cannot_be_is_refused(int processors) =>
        Assert.Throws<ArgumentOutOfRangeException>("processorsPerWorker", () => new WorkerPool(1, processorsPerWorker: processors));

    /// <summary>A variable as a C library finds it.</summary>
    private static string? NativeVariable(string name) => Marshal.PtrToStringUTF8(OperatingSystem.IsWindows() ? GetWindowsVariable(name) : GetVariable(name));

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetVariable(string name);

    [LibraryImport("ucrtbase", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetWindowsVariable(string name);

    private static async Task<int> MostAtOnce()
    {
        int now = 0, most = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 30), async (_, cancel) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));

            // Until as many are at it as there may be, which takes a busy machine a while; and then a moment, for one too many.
            while (Volatile.Read(ref most) < Environment.ProcessorCount)
            {
                await Task.Delay(1, cancel);
            }

            await Task.Delay(10, cancel);
            Interlocked.Decrement(ref now);
        });
        return most;
    }

    private static int ThreadsOfQuery() => Enumerable.Range(0, 50).AsParallel().Select(static _ =>
    {
        Thread.SpinWait(10_000);
        return Environment.CurrentManagedThreadId;
    }).ToArray().Distinct().Count();

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = Volatile.Read(ref most); value > seen;)
        {
            int before = Interlocked.CompareExchange(ref most, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
