using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Benchmarks.Starting;

/// <summary>How long a process takes to start: until the first line of its function, and until it is joined.</summary>
internal static class ProcessStart
{
    private const string Script = "process_start.py";

    public static IEnumerable<Measurement> Measurements =>
    [
        new("start to first line, worker from the stock", "ms", Better.Lower, static effort => Sample.MedianAsync(effort, 1, static () => FirstLineAsync(stocked: true)))
        {
            Theirs = new PythonFigure(Script, "first_line_fork"),
        },
        new("start to first line, no stock", "ms", Better.Lower, static effort => Sample.MedianAsync(effort, 1, static () => FirstLineAsync(stocked: false)))
        {
            Theirs = new PythonFigure(Script, "first_line_spawn"),
        },
        new("empty function, start + join, worker from the stock", "ms", Better.Lower, static effort => Sample.MedianAsync(effort, 1, static () => StartAndJoinAsync(stocked: true)))
        {
            Theirs = new PythonFigure(Script, "start_join_fork"),
            Limit = 2,
        },
        new("empty function, start + join, worker from the stock, parent holds 1 GiB", "ms", Better.Lower, StartAndJoinWithMemoryAsync)
        {
            Theirs = new PythonFigure(Script, "start_join_fork_1gib"),
            Limit = 2,
        },
        new("empty function, start + join, no stock", "ms", Better.Lower, static effort => Sample.MedianAsync(effort, 1, static () => StartAndJoinAsync(stocked: false)))
        {
            Theirs = new PythonFigure(Script, "start_join_spawn"),
            Limit = 60,
        },
        new("for comparison: a bare .NET program, start to exit", "ms", Better.Lower, static effort => Sample.MedianAsync(effort, 1, BareProgramAsync)),
    ];

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
    private static async Task<double> StartAndJoinWithMemoryAsync(Effort effort)
    {
        byte[] held = GC.AllocateUninitializedArray<byte>(1 << 30);
        Array.Fill(held, (byte)1);
        double median = await Sample.MedianAsync(effort, 1, static () => StartAndJoinAsync(stocked: true));
        GC.KeepAlive(held);
        return median;
    }

    private static Task PrepareAsync(bool stocked) => stocked ? Stock.FillAsync(Environment.ProcessorCount) : Stock.EmptyAsync();

    /// <summary>The worker program itself, told to do nothing: the least that a .NET process can take here.</summary>
    private static async Task<double> BareProgramAsync()
    {
        await Stock.EmptyAsync();
        WorkerCommand command = WorkerHost.Default.Launcher.Command;
        string folder = Path.GetDirectoryName(WorkerHost.Default.Events.Path)!;
        ProcessStartInfo start = new(command.Host, command.ArgumentsIn(folder))
        {
            RedirectStandardError = true,
        };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
}
