using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Starting;

/// <summary>How much memory a worker takes that no other process shares with it (Linux).</summary>
internal static class WorkerMemory
{
    private const int Workers = 2;

    /// <summary>Enough for the stock to fill and its workers to rehearse.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static IEnumerable<Measurement> Measurements => !OperatingSystem.IsLinux() ? [] :
    [
        new("private memory of an idle worker", "MB", Better.Lower, static _ => LargestAsync()) { Theirs = new PythonFigure("worker_memory.py", "idle_worker_spawn"), Limit = 12 },
    ];

    /// <summary>The most that any worker takes: of those in stock, and of those of a pool that have run an empty function.</summary>
    private static async Task<double> LargestAsync()
    {
        using WorkerPool pool = new(Workers);
        pool.ForEach(static (int _) => Thread.Sleep(50), Enumerable.Range(0, Workers), chunkSize: 1);
        await Task.Delay(Pause);
        return Children().Max(ProcessMemory.PrivateMegabytes);
    }

    private static IEnumerable<string> Children() => Directory.GetDirectories("/proc/self/task")
        .SelectMany(static task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(static child => File.ReadAllText($"/proc/{child}/cmdline").Contains("Multiprocessing.dll", StringComparison.Ordinal));
}
