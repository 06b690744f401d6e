using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Pools;

/// <summary>How long it takes until a map says that a worker of its own has been killed, while another has still long to run.</summary>
internal static class KilledWorker
{
    private const int Processes = 2;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("worker killed in the middle of a map", "ms", Better.Lower, MeasureAsync) { Theirs = new PythonFigure("pools.py", "killed_worker"), Limit = 100 },
    ];

    private static Task<double> MeasureAsync(Effort effort) => Sample.MedianAsync(effort, 1, async () =>
    {
        using WorkerPool pool = new(Processes);
        MeetIn(pool);
        using SharedValue<int> victim = new();
        using SharedValue<int> running = new();
        Task<long> killing = Task.Factory.StartNew(() => KillWhenAllRun(victim, running), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        TimeSpan elapsed;
        try
        {
            pool.Map(
                x =>
                {
                    if (x == 0)
                    {
                        victim.Value = Environment.ProcessId;
                    }

                    running.Increment();
                    Thread.Sleep(500);
                    return x;
                },
                Enumerable.Range(0, 2 * Processes),
                chunkSize: 1);
            throw new InvalidOperationException("the map ended as if no worker had been killed");
        }
        catch (WorkerDiedException)
        {
            elapsed = Stopwatch.GetElapsedTime(await killing);
        }

        int[] after = pool.Map(static x => x + 1, Enumerable.Range(0, 100));
        Check.Equal(100 * 101 / 2, after.Sum());
        return elapsed.TotalMilliseconds;
    });

    /// <summary>Returns when every worker has begun to work, so that the first input does not wait for its worker to start.</summary>
    private static void MeetIn(WorkerPool pool)
    {
        using SharedValue<int> arrived = new();
        pool.Map(
            x =>
            {
                arrived.Increment();
                while (arrived.Value < Processes)
                {
                    Thread.Sleep(1);
                }

                return x;
            },
            Enumerable.Range(0, Processes),
            chunkSize: 1);
    }

    /// <returns>When it was killed.</returns>
    private static long KillWhenAllRun(SharedValue<int> victim, SharedValue<int> running)
    {
        // Never before it is known: to kill process 0 means oneself and all one's relatives.
        while (victim.Value == 0 || running.Value < Processes)
        {
            Thread.Sleep(1);
        }

        using Process process = Process.GetProcessById(victim.Value);
        long begin = Stopwatch.GetTimestamp();
        process.Kill();
        return begin;
    }
}
