using System.Globalization;
using System.Text;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Reporting;

/// <summary>The rows for a reader.</summary>
internal static class Table
{
    /// <summary>A line for each row: name, ours, the peer's, who that is, unit, ratio, and the limit and whether ours reaches it. Below, why figures are missing.</summary>
    public static string Of(IReadOnlyList<Row> rows)
    {
        int width = rows.Max(static row => row.Name.Length);
        StringBuilder table = new();
        table.AppendLine(Line("", "ours", "theirs", "peer", "unit", "ratio", "limit"));
        foreach (Row row in rows)
        {
            string limit = row.Limit is null ? "" : $"{(row.Better == Better.Lower ? "<=" : ">=")} {Figure(row.Limit)}{row.MeetsLimit switch { true => "  met", false => "  NOT met", null => "" }}";
            table.AppendLine(Line(row.Name, Figure(row.Ours), Figure(row.Theirs), row.Peer ?? "", row.Unit, Figure(row.Ratio), limit));
        }

        Array.ForEach(Remarks.Of(rows), remark => table.AppendLine(remark));
        return table.ToString();

        string Line(string name, string ours, string theirs, string peer, string unit, string ratio, string limit) =>
            $"{name.PadRight(width)} {ours,12} {theirs,12}  {peer,-18} {unit,-7} {ratio,8}  {limit}".TrimEnd();
    }

    /// <summary>A figure for a column; a dash if there is none.</summary>
    public static string Figure(double? value) => value?.ToString(Math.Abs(value.Value) < 1000 ? "0.00" : "#,0", CultureInfo.InvariantCulture) ?? "-";
}
