using System.Globalization;
using System.Xml.Linq;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Notebooks.Display;

/// <summary>One fact about an object.</summary>
internal sealed record SummaryRow(string Label, string Value);

/// <summary>What a notebook shows of an object: a few facts.</summary>
internal sealed record Summary(string Title, IReadOnlyList<SummaryRow> Rows)
{
    private const string Disposed = "해제됨 (disposed)";

    /// <summary>Where an exception was thrown; empty if that is not known.</summary>
    public string StackTrace { get; init; } = "";

    /// <summary>Of an object that is not to be asked any more.</summary>
    public static Summary OfDisposed(string title) => new(title, [State(Disposed)]);

    public static SummaryRow State(string state) => new("상태", state);

    /// <summary>The state of an object that still tells more after its end.</summary>
    public static SummaryRow State(string state, bool isDisposed) => State(isDisposed ? $"{state}, {Disposed}" : state);

    /// <summary>The same text on every system: it is committed with the notebook.</summary>
    public static string Text<T>(T value) =>
        (value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString()) ?? "";

    /// <summary>The text without what would break XML or a terminal; its lines stay.</summary>
    public static string Clean(string text) => string.Join('\n', text.Split('\n').Select(static line => ChartText.Clean(line).TrimEnd())).TrimEnd('\n');

    /// <summary>The facts as a table, the stack trace folded below it.</summary>
    public XElement ToHtml() => new("div",
        new XElement("table",
            new XElement("caption", new XAttribute("style", "text-align:left;font-weight:bold;white-space:nowrap"), ChartText.Clean(Title)),
            new XElement("tbody", Rows.Select(row => new XElement("tr", new XAttribute("style", "vertical-align:baseline"),
                new XElement("th", new XAttribute("scope", "row"), new XAttribute("style", "text-align:left;white-space:nowrap"), row.Label),
                new XElement("td", new XAttribute("style", "text-align:left;white-space:pre-wrap;overflow-wrap:anywhere"), Clean(row.Value)))))),
        StackTrace.Length == 0
            ? null
            : new XElement("details", new XElement("summary", "작업 프로세스의 스택 추적"), new XElement("pre", Clean(StackTrace))));
}
