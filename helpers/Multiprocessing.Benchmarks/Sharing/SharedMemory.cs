using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Sharing;

/// <summary>How fast processes work on shared memory: array elements, a counter, a lock. All figures are millions a second, of all processes together.</summary>
internal static class SharedMemory
{
    private const int Size = 1000;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(int runs, PythonPeer? python)
    {
        IReadOnlyDictionary<string, double>? peer = python is null ? null : await python.RunAsync("shared_memory.py", runs);
        return
        [
            new Row("shared int array, element writes, one child", await ElementWritesAsync(runs), peer?["element_writes_raw"], "M/s", "higher"),
            new Row("shared int array, element writes under its lock, one child", await LockedWritesAsync(runs), peer?["element_writes_locked"], "M/s", "higher"),
            new Row("shared counter, atomic add by 2 processes", await AdditionsAsync(runs), peer?["counter_2"], "M/s", "higher"),
            new Row("process lock, uncontended", await LockAsync(runs, processes: 1), peer?["lock_1"], "M/s", "higher"),
            new Row("process lock, contended by 2", await LockAsync(runs, processes: 2), peer?["lock_2"], "M/s", "higher"),
        ];
    }

    private static async Task<double> ElementWritesAsync(int runs)
    {
        const int times = 200_000;
        using SharedArray<int> shared = new(Size);
        return await MeasureAsync(runs, 1, (long)times * Size, () =>
        {
            for (int time = 0; time < times; time++)
            {
                for (int i = 0; i < shared.Length; i++)
                {
                    shared[i] = time;
                }
            }
        });
    }

    private static async Task<double> LockedWritesAsync(int runs)
    {
        const int times = 3_000_000;
        using SharedArray<int> shared = new(Size);
        return await MeasureAsync(runs, 1, times, () =>
        {
            ProcessLock gate = shared.Lock;
            for (int i = 0; i < times; i++)
            {
                using (gate.EnterScope())
                {
                    shared[i % Size] = i;
                }
            }
        });
    }

    private static async Task<double> AdditionsAsync(int runs)
    {
        const int times = 5_000_000;
        using SharedValue<int> count = new();
        return await MeasureAsync(runs, 2, times, () =>
        {
            for (int i = 0; i < times; i++)
            {
                count.Add(1);
            }
        });
    }

    private static async Task<double> LockAsync(int runs, int processes)
    {
        const int times = 3_000_000;
        using ProcessLock gate = new();
        return await MeasureAsync(runs, processes, times, () =>
        {
            for (int i = 0; i < times; i++)
            {
                gate.Enter();
                gate.Exit();
            }
        });
    }

    /// <summary>
    /// Runs a function in so many processes at once: once to have it compiled, then, after all have met, against the clock, from the first begin to the last end.
    /// </summary>
    private static Task<double> MeasureAsync(int runs, int processes, long operations, Action function) => Sample.MedianAsync(runs, 1, async () =>
    {
        using SharedValue<int> arrived = new();
        Task<(long Begin, long End)>[] workers = [.. Enumerable.Range(0, processes).Select(_ => WorkerProcess.RunAsync(() =>
        {
            function();
            arrived.Increment();
            while (arrived.Value < processes)
            {
            }

            long begin = Stopwatch.GetTimestamp();
            function();
            return (begin, Stopwatch.GetTimestamp());
        }))];
        (long Begin, long End)[] times = await Task.WhenAll(workers);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(times.Min(static time => time.Begin), times.Max(static time => time.End));
        return operations * processes / elapsed.TotalSeconds / 1e6;
    });
}
