using System.Globalization;
using System.Text;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Reporting;

/// <summary>The rows for a reader.</summary>
internal static class Table
{
    /// <summary>A line for each row: name, ours, Python's, unit, ratio, and the limit and whether ours reaches it. Below, why figures are missing.</summary>
    public static string Of(IReadOnlyList<Row> rows)
    {
        int width = rows.Max(static row => row.Name.Length);
        StringBuilder table = new();
        table.AppendLine(Line("", "ours", "Python", "unit", "ratio", "limit"));
        foreach (Row row in rows)
        {
            string limit = row.Limit is null ? "" : $"{(row.Better == Better.Lower ? "<=" : ">=")} {Figure(row.Limit)}{row.MeetsLimit switch { true => "  met", false => "  NOT met", null => "" }}";
            table.AppendLine(Line(row.Name, Figure(row.Ours), Figure(row.Python), row.Unit, Figure(row.Ratio), limit));
        }

        foreach (Row row in rows)
        {
            foreach (string remark in row.Remarks)
            {
                table.Append(row.Name).Append(": ").AppendLine(remark);
            }
        }

        return table.ToString();

        string Line(string name, string ours, string python, string unit, string ratio, string limit) =>
            $"{name.PadRight(width)} {ours,12} {python,12}  {unit,-7} {ratio,8}  {limit}".TrimEnd();
    }

    private static string Figure(double? value) => value?.ToString(Math.Abs(value.Value) < 1000 ? "0.00" : "#,0", CultureInfo.InvariantCulture) ?? "-";
}
