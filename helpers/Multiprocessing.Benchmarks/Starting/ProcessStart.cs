using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Benchmarks.Starting;

/// <summary>How long a process takes to start: until the first line of its function, and until it is joined.</summary>
internal static class ProcessStart
{
    /// <summary>Enough for the stock to fill and the processors to come to rest.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(int runs, PythonPeer? python)
    {
        IReadOnlyDictionary<string, double>? peer = python is null ? null : await python.RunAsync("process_start.py", runs);
        return
        [
            new Row("start to first line, worker from the stock", await Sample.MedianAsync(runs, 2, () => FirstLineAsync(stocked: true)), peer?["first_line_fork"], "ms", "lower"),
            new Row("start to first line, no stock", await Sample.MedianAsync(runs, 2, () => FirstLineAsync(stocked: false)), peer?["first_line_spawn"], "ms", "lower"),
            new Row("empty function, start + join, worker from the stock", await Sample.MedianAsync(runs, 2, () => StartAndJoinAsync(stocked: true)), peer?["start_join_fork"], "ms", "lower"),
            new Row("empty function, start + join, worker from the stock, parent holds 1 GiB", await StartAndJoinWithMemoryAsync(runs), peer?["start_join_fork_1gib"], "ms", "lower"),
            new Row("empty function, start + join, no stock", await Sample.MedianAsync(runs, 2, () => StartAndJoinAsync(stocked: false)), peer?["start_join_spawn"], "ms", "lower"),
            new Row("for comparison: a bare .NET program, start to exit", await Sample.MedianAsync(runs, 2, BareProgramAsync), null, "ms", "lower"),
        ];
    }

    private static async Task<double> FirstLineAsync(bool stocked)
    {
        await PrepareAsync(stocked);
        long begin = Stopwatch.GetTimestamp();
        long firstLine = await WorkerProcess.RunAsync(Stopwatch.GetTimestamp);
        return Stopwatch.GetElapsedTime(begin, firstLine).TotalMilliseconds;
    }

    private static async Task<double> StartAndJoinAsync(bool stocked)
    {
        await PrepareAsync(stocked);
        long begin = Stopwatch.GetTimestamp();
        using WorkerProcess worker = new(static () => { });
        worker.Start();
        worker.Join();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    /// <summary>The parent holds 1 GiB of which every page has been touched.</summary>
    private static async Task<double> StartAndJoinWithMemoryAsync(int runs)
    {
        byte[] held = GC.AllocateUninitializedArray<byte>(1 << 30);
        Array.Fill(held, (byte)1);
        double median = await Sample.MedianAsync(runs, 2, () => StartAndJoinAsync(stocked: true));
        GC.KeepAlive(held);
        return median;
    }

    private static async Task PrepareAsync(bool stocked)
    {
        await Task.Delay(Pause);
        if (!stocked)
        {
            WorkerStock.Clear();
        }
    }

    /// <summary>The worker program itself, told to do nothing: the least that a .NET process can take here.</summary>
    private static async Task<double> BareProgramAsync()
    {
        await Task.Delay(Pause);
        ProcessStartInfo start = new(WorkerCommand.Host, ["exec", Path.Combine(AppContext.BaseDirectory, "Multiprocessing.Worker.dll")])
        {
            RedirectStandardError = true,
        };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
}
