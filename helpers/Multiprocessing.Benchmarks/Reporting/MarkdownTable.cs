using System.Globalization;
using System.Text;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Reporting;

/// <summary>The rows for a page of documentation.</summary>
internal static class MarkdownTable
{
    /// <summary>What was measured on, a table, and why figures are missing.</summary>
    /// <param name="description">The machine, and who the others are.</param>
    /// <param name="rows">The rows.</param>
    public static string Of(string description, IReadOnlyList<Row> rows)
    {
        StringBuilder table = new();
        table.AppendLine(CultureInfo.InvariantCulture, $"{description}:").AppendLine().AppendLine("| | ours | theirs | who they are | ratio |").AppendLine("| --- | ---: | ---: | --- | ---: |");
        foreach (Row row in rows)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name.Replace("|", "\\|", StringComparison.Ordinal)} | {Figure(row.Ours, row.Unit)} | {Figure(row.Theirs, row.Unit)} | {(row.Theirs is null ? "" : row.Peer)} | {Table.Figure(row.Ratio)} |");
        }

        foreach (string remark in rows.SelectMany(static row => row.Remarks.Select(remark => $"- {row.Name}: {remark}")))
        {
            table.AppendLine().Append(remark);
        }

        return table.ToString().TrimEnd() + "\n";

        static string Figure(double? value, string unit) => value is null ? Table.Figure(value) : $"{Table.Figure(value)} {unit}";
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(FileInfo file, string description, IReadOnlyList<Row> rows) => File.WriteAllText(file.FullName, Of(description, rows));
}
