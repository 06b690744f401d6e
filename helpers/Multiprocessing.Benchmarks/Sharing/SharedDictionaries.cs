using System.Diagnostics;
using System.Globalization;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Sharing;

/// <summary>How fast a process gets and sets entries of a shared dictionary.</summary>
internal static class SharedDictionaries
{
    private const string Script = "dictionaries.py";
    private const int Keys = 1000;
    private const int Times = 300_000;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("shared dictionary, text keys and ints, gets, one child", "k/s", Better.Higher, static effort => MeasureAsync(effort, static (dictionary, names) =>
        {
            long total = 0;
            for (int i = 0; i < Times; i++)
            {
                total += dictionary[names[i % Keys]];
            }

            Check.Equal((long)Times / Keys * Keys * (Keys - 1) / 2, total);
        }))
        {
            Theirs = new PythonFigure(Script, "get"),
            Limit = 500,
        },
        new("shared dictionary, text keys and ints, sets, one child", "k/s", Better.Higher, static effort => MeasureAsync(effort, static (dictionary, names) =>
        {
            for (int i = 0; i < Times; i++)
            {
                dictionary[names[i % Keys]] = i % Keys;
            }
        }))
        {
            Theirs = new PythonFigure(Script, "put"),
            Limit = 300,
        },
    ];

    private static Task<double> MeasureAsync(Effort effort, Action<SharedDictionary<string, int>, string[]> use) => Sample.MedianAsync(effort, 1, async () =>
    {
        string[] names = [.. Enumerable.Range(0, Keys).Select(static i => string.Create(CultureInfo.InvariantCulture, $"key {i}"))];
        using SharedDictionary<string, int> dictionary = new();
        for (int i = 0; i < Keys; i++)
        {
            dictionary[names[i]] = i;
        }

        return await WorkerProcess.RunAsync(() =>
        {
            use(dictionary, names);
            long begin = Stopwatch.GetTimestamp();
            use(dictionary, names);
            return Times / Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        });
    });
}
