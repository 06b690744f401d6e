using System.Diagnostics;

namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Repeats a measurement.</summary>
internal static class Sample
{
    /// <summary>The median of several runs, after some that do not count.</summary>
    /// <param name="effort">How many runs count, and how long.</param>
    /// <param name="warmUps">How many do not count.</param>
    /// <param name="measure">One run.</param>
    public static async Task<double> MedianAsync(Effort effort, int warmUps, Func<Task<double>> measure) => (await MediansAsync(effort, warmUps, async () => [await measure()]))[0];

    /// <summary>The same of several figures that a run gives together: a median for each.</summary>
    /// <inheritdoc cref="MedianAsync(Effort, int, Func{Task{double}})"/>
    public static async Task<IReadOnlyList<double>> MediansAsync(Effort effort, int warmUps, Func<Task<IReadOnlyList<double>>> measure)
    {
        for (int run = 0; run < warmUps; run++)
        {
            await measure();
        }

        List<IReadOnlyList<double>> runs = new(effort.Runs);
        long begin = Stopwatch.GetTimestamp();
        do
        {
            runs.Add(await measure());
        }
        while (!effort.IsEnough(runs.Count, Stopwatch.GetElapsedTime(begin)));

        return [.. Enumerable.Range(0, runs[0].Count).Select(figure => Median([.. runs.Select(run => run[figure])]))];
    }

    /// <inheritdoc cref="MedianAsync(Effort, int, Func{Task{double}})"/>
    public static Task<double> MedianAsync(Effort effort, int warmUps, Func<double> measure) => MedianAsync(effort, warmUps, () => Task.FromResult(measure()));

    /// <summary>The one in the middle, or the mean of the two.</summary>
    public static double Median(IReadOnlyCollection<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
