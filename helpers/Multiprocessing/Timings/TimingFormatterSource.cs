using System.Diagnostics.CodeAnalysis;
using System.Xml;

namespace Multiprocessing.Timings;

/// <summary>What a notebook kernel asks, by convention, how a <see cref="TimingComparison"/> is shown.</summary>
internal sealed class TimingFormatterSource
{
    private static readonly XmlWriterSettings Settings = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        Indent = true,
        IndentChars = " ",
        // The same text on every system: it is committed with the notebook.
        NewLineChars = "\n",
    };

    /// <summary>Called by the kernel.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel calls it on an instance, by reflection.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<TimingComparison>("text/html", WriteHtml),
        new TypeFormatter<TimingComparison>("text/plain", (comparison, writer) => writer.Write(comparison.ToString())),
    ];

    private static void WriteHtml(TimingComparison comparison, TextWriter writer)
    {
        using var xml = XmlWriter.Create(writer, Settings);
        new TimingReport(comparison).ToHtml().WriteTo(xml);
    }
}
