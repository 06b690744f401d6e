using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Benchmarks.Reporting;

namespace Multiprocessing.Benchmarks;

/// <summary>Measures our side of each row in two builds of this program, in turn.</summary>
/// <param name="before">The other build.</param>
/// <param name="after">This one.</param>
/// <param name="options">What both are called with.</param>
/// <param name="effort">How often each measurement is repeated within one process.</param>
internal sealed class BuildComparison(ProgramBuild before, ProgramBuild after, IReadOnlyList<string> options, Effort effort)
{
    /// <summary>Measures, with progress to standard error, and prints the table.</summary>
    /// <param name="only">A text in the names of what to measure.</param>
    /// <param name="runs">How many processes of each build measure a row.</param>
    /// <param name="cancellationToken">Ends it, and every process that it has started.</param>
    /// <returns>The exit code: 0 if everything that both have could be measured.</returns>
    /// <exception cref="InvalidOperationException">Nothing has such a name, or the other build is none.</exception>
    public async Task<int> RunAsync(string only, int runs, CancellationToken cancellationToken)
    {
        Measurement[] measurements = Measurements.Named(only);
        IReadOnlyList<string> known = await before.ListAsync(cancellationToken);
        Console.WriteLine(Machine.Description);
        List<BuildRow> rows = [];
        foreach (Measurement measurement in measurements)
        {
            BuildRow row = new(measurement.Name, measurement.Unit, measurement.Better);
            rows.Add(row);
            for (int run = 1; run <= runs && known.Contains(measurement.Name); run++)
            {
                await Console.Error.WriteLineAsync(FormattableString.Invariant($"measuring {rows.Count}/{measurements.Length}, {run}/{runs}: {measurement.Name}"));

                // Neither is always the one that comes second, to a machine that the first has warmed up.
                bool isBeforeFirst = run % 2 == 1;
                await MeasureAsync(isBeforeFirst);
                await MeasureAsync(!isBeforeFirst);
            }

            async Task MeasureAsync(bool isBefore)
            {
                row.Add(isBefore, await (isBefore ? before : after).MeasureAsync(measurement.Name, options, effort, measurement.Preparation, cancellationToken));
                await Task.Delay(Comparison.Rest, cancellationToken);
            }
        }

        Console.Write(BuildTable.Of(rows));
        return rows.Exists(static row => row.Remarks.Count > 0) ? 1 : 0;
    }
}
