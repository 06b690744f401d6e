using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>
/// Runs the Python side of a comparison: scripts beside this program, called as <c>script RUNS SECONDS NAME...</c>, that print a line for each name: <c>name value</c>,
/// or <c>name - why there is no value</c>.
/// </summary>
internal sealed class PythonPeer(string interpreter)
{
    public const string Name = "Python";

    /// <summary>Which Python it is.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it lacks multiprocessing.</exception>
    public async Task<string> FindVersionAsync(CancellationToken cancellationToken) =>
        (await RunAsync(["-c", "import multiprocessing.pool, platform; print(platform.python_version())"], cancellationToken)).Trim();

    /// <summary>Measures a figure: the best of its ways.</summary>
    /// <param name="figure">What to measure.</param>
    /// <param name="better">Which of several figures is the best.</param>
    /// <param name="effort">How often.</param>
    /// <param name="cancellationToken">Ends the script and its children.</param>
    /// <exception cref="InvalidOperationException">The script failed.</exception>
    public async Task<Side> MeasureAsync(PythonFigure figure, Better better, Effort effort, CancellationToken cancellationToken)
    {
        string output = await RunAsync(
            [
                Path.Combine(AppContext.BaseDirectory, "Python", figure.Script),
                effort.Runs.ToString(CultureInfo.InvariantCulture),
                effort.Time.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                .. figure.Names,
            ],
            cancellationToken);
        double? best = null;
        string? whyNot = null;
        foreach (string name in figure.Names)
        {
            string[] parts = Array.Find(output.Split('\n'), line => line.StartsWith(name + " ", StringComparison.Ordinal))?.Trim().Split(' ', 3)
                ?? throw new InvalidOperationException($"{figure.Script} printed no '{name}'");
            if (parts[1] == "-")
            {
                whyNot = parts[^1];
            }
            else
            {
                double value = double.Parse(parts[1], CultureInfo.InvariantCulture);
                best = best is not { } other ? value : better == Better.Lower ? Math.Min(value, other) : Math.Max(value, other);
            }
        }

        return new Side(best, best is null ? whyNot : null);
    }

    private async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Start(start);
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException(FormattableString.Invariant($"'{interpreter}' ended with exit code {process.ExitCode}: {LastLine(await errors)}"));
        }
        finally
        {
            // Nothing happens if it has ended; a script that is given up has children.
            process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"no Python to compare with ('{interpreter}'): install python3, name one with --python, or leave out --against-python", e);
        }
    }

    /// <summary>Of a traceback, the line that says what happened.</summary>
    private static string LastLine(string errors) => errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("it did not say why");
}
