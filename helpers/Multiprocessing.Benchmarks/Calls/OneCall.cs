using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Calls;

/// <summary>How long a pool takes to answer one call, when it has nothing else to do.</summary>
internal static class OneCall
{
    private const int Calls = 1000;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("one call and its answer (Run), median", "us", Better.Lower, MeasureAsync) { Theirs = new PythonFigure("pools.py", "one_call"), Limit = 15 },
    ];

    private static async Task<double> MeasureAsync(Effort effort)
    {
        using WorkerPool pool = new(2);
        double[] times = new double[Calls];
        return await Sample.MedianAsync(effort, 1, () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                int argument = i;
                long begin = Stopwatch.GetTimestamp();
                int answer = pool.Run(() => argument + 1);
                times[i] = (Stopwatch.GetTimestamp() - begin) * 1e6 / Stopwatch.Frequency;
                Check.Equal(argument + 1, answer);
            }

            return Sample.Median(times);
        });
    }
}
