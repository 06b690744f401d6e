using System.Text;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Reporting;

/// <summary>What two builds gave, for a reader.</summary>
internal static class BuildTable
{
    /// <summary>A line for each row: name, median before, after, unit, ratio, and whether the two do not overlap. Below, why figures are missing.</summary>
    public static string Of(IReadOnlyList<BuildRow> rows)
    {
        int width = rows.Max(static row => row.Name.Length);
        StringBuilder table = new();
        table.AppendLine(Line("", "before", "after", "unit", "ratio", ""));
        foreach (BuildRow row in rows)
        {
            table.AppendLine(row.Before is null && row.After is null && row.Remarks.Count == 0
                ? row.Name
                : Line(row.Name, Table.Figure(row.Before), Table.Figure(row.After), row.Unit, Table.Figure(row.Ratio), row.AreApart ? "apart" : ""));
        }

        foreach (BuildRow row in rows)
        {
            foreach (string remark in row.Remarks.Distinct())
            {
                table.Append(row.Name).Append(", ").AppendLine(remark);
            }
        }

        return table.ToString();

        string Line(string name, string before, string after, string unit, string ratio, string apart) => $"{name.PadRight(width)} {before,12} {after,12}  {unit,-10} {ratio,8}  {apart}".TrimEnd();
    }
}
