using System.Runtime.InteropServices;
using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Benchmarks.Reporting;

namespace Multiprocessing.Benchmarks;

/// <summary>One run of the program.</summary>
/// <param name="effort">How often each measurement is repeated.</param>
/// <param name="peers">Who may be on the other side.</param>
/// <param name="json">A file for the rows, if any.</param>
internal sealed class Benchmark(Effort effort, Peers peers, FileInfo? json)
{
    private const int Interrupted = 130;

    /// <summary>Measures, with progress to standard error, and prints the table.</summary>
    /// <param name="only">A text in the names of what to measure.</param>
    /// <param name="list">Whether to print just the names.</param>
    /// <param name="cancellationToken">Ends it, and every process that it has started.</param>
    /// <returns>The exit code: 0 if everything could be measured.</returns>
    public async Task<int> RunAsync(string only, bool list, CancellationToken cancellationToken)
    {
        Measurement[] measurements = [.. Measurements.All.Where(measurement => measurement.Name.Contains(only, StringComparison.OrdinalIgnoreCase))];
        try
        {
            if (measurements.Length == 0)
            {
                throw new InvalidOperationException($"nothing that is measured has '{only}' in its name: --list prints the names");
            }

            if (list)
            {
                Array.ForEach(measurements, static measurement => Console.WriteLine(measurement.Name));
                return 0;
            }

            return await MeasureAsync(measurements, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted");
            return Interrupted;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private async Task<int> MeasureAsync(Measurement[] measurements, CancellationToken cancellationToken)
    {
        if (json is { Directory.Exists: false })
        {
            // Now, not after minutes of measuring.
            throw new DirectoryNotFoundException($"there is no folder for '{json}'");
        }

        string against = string.Concat((await peers.DescribeAsync(measurements, cancellationToken)).Select(static peer => $", against {peer}"));
        Console.WriteLine(FormattableString.Invariant($"{RuntimeInformation.FrameworkDescription} on {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}{against}"));
        Comparison comparison = new(effort, peers);
        List<Row> rows = [];
        foreach (Measurement measurement in measurements)
        {
            await Console.Error.WriteLineAsync(FormattableString.Invariant($"measuring {rows.Count + 1}/{measurements.Length}: {measurement.Name}"));
            rows.Add(await comparison.MeasureAsync(measurement, cancellationToken));
        }

        Console.Write(Table.Of(rows));
        if (json is not null)
        {
            RowsFile.Write(json, rows);
        }

        return rows.Exists(static row => row.Failed) ? 1 : 0;
    }
}
