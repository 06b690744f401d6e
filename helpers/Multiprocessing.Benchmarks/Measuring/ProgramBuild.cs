using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>A build of this program, which measures in processes of its own: nothing that one figure leaves behind - a full stock, a large heap, compiled code - is met by the next.</summary>
/// <param name="folder">Where it has been built.</param>
internal sealed class ProgramBuild(string folder)
{
    /// <summary>What it is called with: <c>measure NAME</c> prints a <see cref="Side"/> as a line of JSON, and ends when its standard input does.</summary>
    public const string MeasureVerb = "measure";

    /// <summary>Has it measure the peer's side.</summary>
    public const string PeerOption = "--peer";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>What a process has beyond its limit: to start, and to end what it has started.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>What it has to end by itself once it is told to. Less than the command line leaves this program after Ctrl-C.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <summary>What it has started may hold its streams open when it has ended.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(0.5);

    private readonly string _program = Path.Combine(folder, $"{typeof(ProgramBuild).Assembly.GetName().Name}.dll");

    /// <summary>This one.</summary>
    public static ProgramBuild This { get; } = new(AppContext.BaseDirectory);

    /// <summary>A side as the line that <see cref="MeasureAsync"/> reads.</summary>
    public static string ToLine(Side side) => JsonSerializer.Serialize(side, Json);

    /// <summary>The names of what it can measure.</summary>
    /// <exception cref="InvalidOperationException">It is no such program.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_program))
        {
            throw new InvalidOperationException($"there is no '{_program}': build Multiprocessing.Benchmarks there first");
        }

        (int exitCode, IReadOnlyList<string> output, string? complaint) = await RunAsync(["--list"], cancellationToken);
        return exitCode == 0 ? output : throw new InvalidOperationException($"'{_program}' {Ended(exitCode, complaint)}");
    }

    /// <summary>Measures a side of a row. A process that fails, crashes or does not end is a side that failed.</summary>
    /// <param name="name">The row.</param>
    /// <param name="options">Further options.</param>
    /// <param name="effort">The same as in the options.</param>
    /// <param name="preparation">What it may take before it can begin.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<Side> MeasureAsync(string name, IEnumerable<string> options, Effort effort, TimeSpan preparation, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(effort.Limit + preparation + Grace);
        try
        {
            (int exitCode, IReadOnlyList<string> output, string? complaint) = await RunAsync([MeasureVerb, name, .. options], limit.Token);

            // Processes that it has started may print before it.
            return output.LastOrDefault(static line => line.StartsWith('{')) is { } line
                ? JsonSerializer.Deserialize<Side>(line, Json)!
                : Side.Failure($"its process {Ended(exitCode, complaint)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Side.Failure(effort.TimeLimit);
        }
    }

    private static string Ended(int exitCode, string? complaint) => FormattableString.Invariant($"ended with exit code {exitCode}: {complaint ?? "it did not say why"}");

    private async Task<(int ExitCode, IReadOnlyList<string> Output, string? Complaint)> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(DotNetHost.Path, ["exec", _program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            ConcurrentQueue<string> output = [];
            ConcurrentQueue<string> errors = [];
            Task reading = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, errors));
            await process.WaitForExitAsync(cancellationToken);
            await Task.WhenAny(reading, Task.Delay(Drain, cancellationToken));

            // What the runtime prints of an unhandled exception begins with what happened.
            return (process.ExitCode, [.. output], errors.FirstOrDefault(static line => !string.IsNullOrWhiteSpace(line)));
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        using CancellationTokenSource farewell = new(Farewell);
        try
        {
            await process.WaitForExitAsync(farewell.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task ReadAsync(StreamReader reader, ConcurrentQueue<string> lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
        }
    }
}
