using System.Globalization;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Reporting;

/// <summary>Why figures are missing.</summary>
internal static class Remarks
{
    /// <summary>A line for each reason: a peer that is not here is missing in many rows.</summary>
    public static string[] Of(IEnumerable<Row> rows) =>
    [
        .. rows.SelectMany(static row => row.Remarks, static (row, remark) => (row.Name, Remark: remark))
            .GroupBy(static said => said.Remark, static said => said.Name)
            .Select(static said => string.Create(CultureInfo.InvariantCulture, $"{said.First()}{(said.Count() == 1 ? "" : FormattableString.Invariant($" (and {said.Count() - 1} more)"))}: {said.Key}")),
    ];
}
