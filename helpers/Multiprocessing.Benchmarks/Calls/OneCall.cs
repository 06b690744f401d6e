using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Calls;

/// <summary>How long a pool takes to answer one call, when it has nothing else to do.</summary>
internal static class OneCall
{
    private const string Script = "pools.py";
    private const int Calls = 1000;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("one call and its answer (Run), median", "us", Better.Lower, MeasureAsync) { Theirs = new PythonFigure(Script, "one_call"), Limit = 15 },
        new("one call and its answer (Run), median, beside an executor", "us", Better.Lower, MeasureAsync) { Theirs = new PythonFigure(Script, "one_call_executor") { Peer = PythonFigure.Futures } },
        new("one call and its answer (Run), median, beside loky", "us", Better.Lower, MeasureAsync) { Theirs = new PythonFigure(Script, "one_call_loky") { Peer = PythonFigure.Loky } },
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
