using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Calls;

/// <summary>
/// How fast arrays of 8 MB get to the functions that need them, and back: a map over eight of them by a pool of two. They arrive as arrays; MB of what went there, a second.
/// </summary>
internal static class BigArguments
{
    private const string Script = "big_arguments.py";
    private const int Arrays = 8;
    private const int Length = 1_000_000;
    private const double Megabytes = Arrays * Length * sizeof(double) / 1e6;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("double[] of 8 MB as argument: to the worker", "MB/s", Better.Higher, ThereAsync) { Theirs = new PythonFigure(Script, "to_the_worker"), Limit = 3000 },
        new("double[] of 8 MB as argument: there and back", "MB/s", Better.Higher, ThereAndBackAsync) { Theirs = new PythonFigure(Script, "there_and_back"), Limit = 1500 },
    ];

    private static async Task<double> ThereAsync(Effort effort)
    {
        double[][] arrays = Make();
        using WorkerPool pool = new(2);

        // Outside the clock, that all of it arrives.
        Check.Equal(arrays.Sum(Enumerable.Sum), pool.Map(static array => array.Sum(), arrays, chunkSize: 1).Sum());
        return await Sample.MedianAsync(effort, 1, () =>
        {
            long begin = Stopwatch.GetTimestamp();
            double[] ends = pool.Map(static array => array[0] + array[^1], arrays, chunkSize: 1);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
            for (int i = 0; i < Arrays; i++)
            {
                Check.Equal(arrays[i][0] + arrays[i][^1], ends[i]);
            }

            return Megabytes / elapsed.TotalSeconds;
        });
    }

    private static async Task<double> ThereAndBackAsync(Effort effort)
    {
        double[][] arrays = Make();
        using WorkerPool pool = new(2);
        return await Sample.MedianAsync(effort, 1, () =>
        {
            long begin = Stopwatch.GetTimestamp();
            double[][] returned = pool.Map(
                static array =>
                {
                    (array[0], array[^1]) = (array[^1], array[0]);
                    return array;
                },
                arrays,
                chunkSize: 1);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
            for (int i = 0; i < Arrays; i++)
            {
                Check.Equal(Length, returned[i].Length);
                Check.Equal(arrays[i][0], returned[i][^1]);
                Check.Equal(arrays[i][^1], returned[i][0]);
                Check.Equal(true, arrays[i].AsSpan(1, Length - 2).SequenceEqual(returned[i].AsSpan(1, Length - 2)));
            }

            return Megabytes / elapsed.TotalSeconds;
        });
    }

    private static double[][] Make()
    {
        double[] some = [.. Enumerable.Range(0, Length).Select(static i => i * 0.5)];
        return [.. Enumerable.Range(0, Arrays).Select(i => (double[])[.. some[i..], .. some[..i]])];
    }
}
