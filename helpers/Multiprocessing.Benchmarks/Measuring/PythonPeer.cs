using System.Diagnostics;
using System.Globalization;

namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Runs the Python side of a comparison: scripts beside this program that print one figure a line, as <c>name value</c>.</summary>
internal sealed class PythonPeer(string interpreter)
{
    /// <summary>The medians that a script prints, by name.</summary>
    /// <exception cref="InvalidOperationException">There is no Python, or the script failed.</exception>
    public async Task<IReadOnlyDictionary<string, double>> RunAsync(string script, int runs)
    {
        ProcessStartInfo start = new(interpreter, [Path.Combine(AppContext.BaseDirectory, "Python", script), runs.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0
                ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(static line => line.Split(' '))
                    .ToDictionary(static parts => parts[0], static parts => double.Parse(parts[1], CultureInfo.InvariantCulture))
                : throw new InvalidOperationException($"{script} failed: {(await errors).Trim()}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"No Python to compare with ('{interpreter}'): install python3, or run without --against-python.", e);
        }
    }
}
