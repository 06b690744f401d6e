using System.Diagnostics;

namespace Multiprocessing.Benchmarks.Sharing;

/// <summary>The same function in several processes at once.</summary>
internal static class Together
{
    /// <summary>How often each process runs the function: once to have it compiled, and once against the clock.</summary>
    public const int Repetitions = 2;

    /// <summary>Runs a function in so many processes, which begin together.</summary>
    /// <param name="processes">How many.</param>
    /// <param name="operations">What the function does each time.</param>
    /// <param name="function">The function.</param>
    /// <returns>Operations, in millions a second: of all processes, from the first begin to the last end.</returns>
    public static async Task<double> MeasureAsync(int processes, int operations, Action function)
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
        return (double)operations * processes / elapsed.TotalSeconds / 1e6;
    }
}
