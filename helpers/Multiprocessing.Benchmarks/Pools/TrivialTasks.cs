using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Pools;

/// <summary>Many tasks that do almost nothing: what the pool itself costs.</summary>
internal static class TrivialTasks
{
    private const string Script = "pools.py";
    private const int Count = 100_000;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("pool of 2, map over 100,000 trivial tasks, one task a message", "tasks/s", Better.Higher, static effort => MapAsync(effort, chunkSize: 1))
        {
            Theirs = new PythonFigure(Script, "tasks_one_a_message"),
            Limit = 550_000,
        },
        new("map over trivial tasks, one task a message, beside an executor", "tasks/s", Better.Higher, static effort => MapAsync(effort, chunkSize: 1)) { Theirs = new PythonFigure(Script, "tasks_one_a_message_executor") { Peer = PythonFigure.Futures } },
        new("map over trivial tasks, one task a message, beside loky", "tasks/s", Better.Higher, static effort => MapAsync(effort, chunkSize: 1)) { Theirs = new PythonFigure(Script, "tasks_one_a_message_loky") { Peer = PythonFigure.Loky } },
        new("pool of 2, map over 100,000 trivial tasks, automatic chunks", "tasks/s", Better.Higher, static effort => MapAsync(effort, chunkSize: null))
        {
            Theirs = new PythonFigure(Script, "tasks_automatic_chunks"),
            Limit = 20_000_000,
        },
    ];

    private static async Task<double> MapAsync(Effort effort, int? chunkSize)
    {
        using WorkerPool pool = new(2);
        return await Sample.MedianAsync(effort, 2, () =>
        {
            long begin = Stopwatch.GetTimestamp();
            int[] results = pool.Map(static x => x + 1, Enumerable.Range(0, Count), chunkSize);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
            Check.Equal(Count, results.Length);
            for (int i = 0; i < Count; i++)
            {
                Check.Equal(i + 1, results[i]);
            }

            return Count / elapsed.TotalSeconds;
        });
    }
}
