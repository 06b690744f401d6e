using System.Xml.Linq;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Notebooks.Display;

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

    /// <summary>The facts as a table, the stack trace folded below it.</summary>
    public XElement ToHtml() => new("div",
        new XElement("table",
            new XElement("caption", new XAttribute("style", "text-align:left;font-weight:bold;white-space:nowrap"), ChartText.Clean(Title)),
            new XElement("tbody", Rows.Select(row => new XElement("tr", new XAttribute("style", "vertical-align:baseline"),
                new XElement("th", new XAttribute("scope", "row"), new XAttribute("style", "text-align:left;white-space:nowrap"), row.Label),
                new XElement("td", new XAttribute("style", "text-align:left;white-space:pre-wrap;overflow-wrap:anywhere"), SummaryText.Clean(row.Value)))))),
        StackTrace.Length == 0
            ? null
            : new XElement("details", new XElement("summary", "작업 프로세스의 스택 추적"), new XElement("pre", SummaryText.Clean(StackTrace))));
}
