using System.Text;
using System.Xml.Linq;

namespace Multiprocessing.Timings.Charts;

/// <summary>The figures behind a chart, for readers without eyes for it and for plain text. The first column names the row.</summary>
internal sealed record DataTable(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The table folded below a line of text.</summary>
    public XElement ToHtml(string summary) => new("details", new XElement("summary", summary), ToHtml());

    public XElement ToHtml() => new("table",
        new XElement("thead", new XElement("tr", Headers.Select(header => Header(header, "col")))),
        new XElement("tbody", Rows.Select(row => new XElement("tr",
            Header(row[0], "row"),
            row.Skip(1).Select(cell => new XElement("td", ChartText.Clean(cell)))))));

    /// <summary>Columns in line in a font of fixed width: names to the left, figures to the right.</summary>
    public string ToText()
    {
        IReadOnlyList<string>[] lines = [Headers, .. Rows.Select(row => row.Select(ChartText.Clean).ToArray())];
        int[] widths = [.. Headers.Select((_, column) => lines.Max(line => ChartText.Columns(line[column])))];

        var text = new StringBuilder();
        foreach (IReadOnlyList<string> line in lines)
        {
            text.Append(line[0]).Append(Padding(line[0], widths[0]));
            for (int column = 1; column < line.Count; column++)
                text.Append("  ").Append(Padding(line[column], widths[column])).Append(line[column]);
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static XElement Header(string text, string scope) =>
        new("th", new XAttribute("scope", scope), new XAttribute("style", "text-align:left"), ChartText.Clean(text));

    private static string Padding(string cell, int width) => new(' ', width - ChartText.Columns(cell));
}
