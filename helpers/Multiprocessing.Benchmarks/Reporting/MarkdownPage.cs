using System.Globalization;
using System.Text;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Reporting;

/// <summary>The rows as a page of documentation, whole.</summary>
internal static class MarkdownPage
{
    /// <summary>What was measured on and when, a table, and why figures are missing.</summary>
    /// <param name="description">The machine, and who the others are.</param>
    /// <param name="rows">The rows.</param>
    public static string Of(string description, IReadOnlyList<Row> rows)
    {
        StringBuilder page = new();
        page.AppendLine("# Figures").AppendLine();
        page.AppendLine("Written by the benchmark program, with `--markdown`; [How fast it is](performance.md) says what the rows mean, and where ours are not ahead, why.").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{description}; ended on {DateTime.UtcNow:yyyy-MM-dd}{Load()}. `ratio` above 1: ours is better.").AppendLine();
        page.AppendLine("| | ours | theirs | | ratio |").AppendLine("| --- | ---: | ---: | --- | ---: |");
        foreach (Row row in rows)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name.Replace("|", "\\|", StringComparison.Ordinal)} | {Figure(row.Ours, row.Unit)} | {Figure(row.Theirs, row.Unit)} | {(row.Theirs is null ? "" : row.Peer)} | {Table.Figure(row.Ratio)} |");
        }

        string[] remarks = Remarks.Of(rows);
        if (remarks.Length > 0)
        {
            page.AppendLine();
            Array.ForEach(remarks, remark => page.AppendLine(CultureInfo.InvariantCulture, $"- {remark}"));
        }

        return page.Replace("\r\n", "\n").ToString();

        static string Figure(double? value, string unit) => value is null ? Table.Figure(value) : $"{Table.Figure(value)} {unit}";
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(FileInfo file, string description, IReadOnlyList<Row> rows) => File.WriteAllText(file.FullName, Of(description, rows));

    /// <summary>What else the machine has had to do in the last quarter of an hour, where the system tells; the measuring itself is in it.</summary>
    private static string Load() => OperatingSystem.IsLinux() ? $", the load of the last quarter of an hour {File.ReadAllText("/proc/loadavg").Split(' ')[2]}" : "";
}
