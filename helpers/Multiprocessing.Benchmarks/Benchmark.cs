using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Benchmarks.Reporting;

namespace Multiprocessing.Benchmarks;

/// <summary>One run of the program.</summary>
/// <param name="program">The program that measures: this one.</param>
/// <param name="options">What that is called with.</param>
/// <param name="effort">How often each measurement is repeated.</param>
/// <param name="peers">Who may be on the other side.</param>
/// <param name="json">A file for the rows, if any.</param>
/// <param name="markdown">A file for the rows as a page of documentation, if any.</param>
internal sealed class Benchmark(ProgramBuild program, IReadOnlyList<string> options, Effort effort, Peers peers, FileInfo? json, FileInfo? markdown)
{
    /// <summary>Measures, with progress to standard error, and prints the table.</summary>
    /// <param name="only">A text in the names of what to measure.</param>
    /// <param name="list">Whether to print just the names.</param>
    /// <param name="cancellationToken">Ends it, and every process that it has started.</param>
    /// <returns>The exit code: 0 if everything could be measured.</returns>
    /// <exception cref="InvalidOperationException">Nothing has such a name, or a peer that was asked for is missing.</exception>
    /// <exception cref="IOException">The rows cannot be written.</exception>
    public async Task<int> RunAsync(string only, bool list, CancellationToken cancellationToken)
    {
        Measurement[] measurements = Measurements.Named(only);
        if (list)
        {
            Array.ForEach(measurements, static measurement => Console.WriteLine(measurement.Name));
            return 0;
        }

        foreach (FileInfo? file in (FileInfo?[])[json, markdown])
        {
            if (file is { Directory.Exists: false })
            {
                // Now, not after minutes of measuring.
                throw new DirectoryNotFoundException($"there is no folder for '{file}'");
            }
        }

        string against = string.Concat((await peers.DescribeAsync(measurements, cancellationToken)).Select(static peer => $", against {peer}"));
        string description = $"{Machine.Description}{against}";
        Console.WriteLine(description);
        Comparison comparison = new(program, options, effort, peers);
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

        if (markdown is not null)
        {
            MarkdownPage.Write(markdown, effort == Effort.Quick ? $"{description}, with `--quick`" : description, rows);
        }

        return rows.Exists(static row => row.Failed) ? 1 : 0;
    }
}
