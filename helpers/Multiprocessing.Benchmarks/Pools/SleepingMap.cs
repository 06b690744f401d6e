using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Benchmarks.Starting;
using Multiprocessing.Workers;

namespace Multiprocessing.Benchmarks.Pools;

/// <summary>Ten sleepers in a pool of ten: what a map takes over the time that they sleep, with the pool's creation and without.</summary>
internal static class SleepingMap
{
    private const string Script = "pools.py";
    private const int Processes = 10;

    private static readonly TimeSpan Ideal = TimeSpan.FromMilliseconds(200);

    public static IEnumerable<Measurement> Measurements =>
    [
        new("pool of 10, creation + map of 10 x sleep(0.2): over the ideal 0.2 s, stocked", "ms", Better.Lower, static effort => CreateAndMapAsync(effort, stocked: true))
        {
            Theirs = new PythonFigure(Script, "create_and_map_fork"),
            Limit = 15,
        },
        new("pool of 10, creation + map of 10 x sleep(0.2): over the ideal 0.2 s, cold", "ms", Better.Lower, static effort => CreateAndMapAsync(effort, stocked: false))
        {
            Theirs = new PythonFigure(Script, "create_and_map_spawn"),
            Limit = 245,
        },
        new("pool of 10, creation + map of 10 x sleep(0.2): stocked, beside an executor (fork)", "ms", Better.Lower, static effort => CreateAndMapAsync(effort, stocked: true))
        {
            Theirs = new PythonFigure(Script, "create_and_map_executor") { Peer = PythonFigure.Futures },
        },
        new("pool of 10, creation + map of 10 x sleep(0.2): cold, beside loky", "ms", Better.Lower, static effort => CreateAndMapAsync(effort, stocked: false))
        {
            Theirs = new PythonFigure(Script, "create_and_map_loky") { Peer = PythonFigure.Loky },
        },
        new("map on a warm pool of 10: over the ideal", "ms", Better.Lower, MapOnWarmPoolAsync)
        {
            Theirs = new PythonFigure(Script, "warm_map_fork"),
            Limit = 1.2,
        },
    ];

    /// <summary>What is asked for is the time until the results are there; the pool's end is not in it, on either side.</summary>
    private static async Task<double> CreateAndMapAsync(Effort effort, bool stocked)
    {
        try
        {
            return await Sample.MedianAsync(effort, 1, async () =>
            {
                await (stocked ? Stock.FillAsync(Processes) : Stock.EmptyAsync());
                long begin = Stopwatch.GetTimestamp();
                using WorkerPool pool = new(Processes);
                return Map(pool, begin);
            });
        }
        finally
        {
            WorkerHost.Default.Stock.Clear();
        }
    }

    private static async Task<double> MapOnWarmPoolAsync(Effort effort)
    {
        using WorkerPool pool = new(Processes);
        return await Sample.MedianAsync(effort, 2, () => Map(pool, Stopwatch.GetTimestamp()));
    }

    private static double Map(WorkerPool pool, long begin)
    {
        int[] squares = pool.Map(
            static x =>
            {
                Thread.Sleep(200);
                return x * x;
            },
            Enumerable.Range(0, Processes));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        Check.Equal(string.Join(' ', Enumerable.Range(0, Processes).Select(static x => x * x)), string.Join(' ', squares));
        return (elapsed - Ideal).TotalMilliseconds;
    }
}
