using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Pools;

/// <summary>From the cancellation of a map that keeps all workers busy to the results of the next one: with a function that is told to end, whose workers live on, and with one that is not, whose workers are replaced.</summary>
internal static class CancelledMap
{
    private const int Processes = 2;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("map cancelled, then the next one: the function is told", "ms", Better.Lower, static effort => MeasureAsync(effort, isTold: true)) { Theirs = new PythonFigure("pools.py", "cancelled_map"), Limit = 10 },
        new("map cancelled, then the next one: the function is not told", "ms", Better.Lower, static effort => MeasureAsync(effort, isTold: false)) { Theirs = new PythonFigure("pools.py", "cancelled_map") },
    ];

    private static async Task<double> MeasureAsync(Effort effort, bool isTold)
    {
        using WorkerPool pool = new(Processes);
        await pool.WaitUntilReadyAsync();
        return await Sample.MedianAsync(effort, 2, async () =>
        {
            // The stock that the killed ones come from fills in the background.
            await Task.Delay(100);
            using CancellationTokenSource cancellation = new();
            using SharedValue<int> begun = new();
            int[] inputs = [0, 1];
            Task call = isTold
                ? pool.MapAsync(
                    (x, token) =>
                    {
                        begun.Increment();
                        token.WaitHandle.WaitOne();
                        return x;
                    },
                    inputs,
                    chunkSize: 1,
                    cancellationToken: cancellation.Token)
                : pool.MapAsync(
                    x =>
                    {
                        begun.Increment();
                        Thread.Sleep(Timeout.Infinite);
                        return x;
                    },
                    inputs,
                    chunkSize: 1,
                    cancellationToken: cancellation.Token);
            while (begun.Value < Processes)
            {
                await Task.Delay(1);
            }

            long begin = Stopwatch.GetTimestamp();
            await cancellation.CancelAsync();
            await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            int[] next = pool.Map(static x => x + 1, inputs, chunkSize: 1);
            double elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            Check.Equal(3, next.Sum());
            return elapsed;
        });
    }
}
