using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Starting;

/// <summary>How long a program takes that has only just been started, and has the helpers as a package, to print what its one worker has answered.</summary>
internal static class PackageStart
{
    private const string Script = "program_start.py";

    public static IEnumerable<Measurement> Measurements =>
    [
        new("program with the package, start to its worker's first result (Python: fork)", "ms", Better.Lower, static (effort, cancellationToken) => MeasureAsync(effort, "process", cancellationToken))
        {
            Theirs = new PythonFigure(Script, "process_fork"),
            Preparation = Preparation,
        },
        new("program with the package, start to its worker's first result (Python: spawn)", "ms", Better.Lower, static (effort, cancellationToken) => MeasureAsync(effort, "process", cancellationToken))
        {
            Theirs = new PythonFigure(Script, "process_spawn"),
            Preparation = Preparation,
        },
        new("program with the package, start to its pool's first result", "ms", Better.Lower, static (effort, cancellationToken) => MeasureAsync(effort, "pool", cancellationToken))
        {
            Theirs = new PythonFigure(Script, "executor") { Peer = PythonFigure.Futures },
            Preparation = Preparation,
        },
    ];

    /// <summary>The package is packed, and the program published.</summary>
    private static TimeSpan Preparation { get; } = TimeSpan.FromMinutes(5);

    private static async Task<double> MeasureAsync(Effort effort, string kind, CancellationToken cancellationToken)
    {
        string program = await PackagedProgram.MakeAsync(cancellationToken);
        return await Sample.MedianAsync(effort, 1, async () =>
        {
            ProcessStartInfo start = new(DotNetHost.Path, [program, kind]) { RedirectStandardOutput = true };
            long begin = Stopwatch.GetTimestamp();
            using Process process = Process.Start(start)!;
            try
            {
                string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
                double elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                Check.Equal("42", line);
                await process.WaitForExitAsync(cancellationToken);
                return elapsed;
            }
            finally
            {
                process.Kill(entireProcessTree: true);
            }
        });
    }
}
