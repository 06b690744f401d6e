using System.Diagnostics;
using System.Globalization;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Sharing;

/// <summary>How long shared memory takes that is found by its name: to be opened and closed by another process than its maker, and to be made and to go with its last user.</summary>
internal static class NamedMemory
{
    private const string Script = "named_memory.py";
    private const int Length = 1000;
    private const int Openings = 2000;
    private const int Creations = 1000;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("shared memory by name, opened by another process and closed", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 1, OpenAsync)) { Theirs = new PythonFigure(Script, "open") },
        new("shared memory by name, created and gone with its last user", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 1, Create)) { Theirs = new PythonFigure(Script, "create") },
    ];

    private static string Name => string.Create(CultureInfo.InvariantCulture, $"benchmark-{Environment.ProcessId}");

    private static async Task<double> OpenAsync()
    {
        string name = Name;
        using SharedArray<int> made = SharedArray.Create<int>(name, Length);
        return await WorkerProcess.RunAsync(() =>
        {
            Open(name);
            return Open(name);
        });
    }

    private static double Open(string name)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < Openings; i++)
        {
            using SharedArray<int> opened = SharedArray.Open<int>(name);
            Check.Equal(0, opened[0]);
        }

        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / Openings;
    }

    private static double Create()
    {
        string name = Name;
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < Creations; i++)
        {
            using SharedArray<int> made = SharedArray.Create<int>(string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"), Length);
            made[0] = 1;
        }

        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / Creations;
    }
}
