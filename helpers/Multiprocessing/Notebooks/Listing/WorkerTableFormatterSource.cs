using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Multiprocessing.Timings;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Notebooks.Listing;

/// <summary>What a notebook kernel asks, by convention, how a table of workers is shown.</summary>
internal sealed class WorkerTableFormatterSource
{
    public const string Nobody = "살아 있는 작업 프로세스가 없습니다.";

    /// <summary>Called by the kernel.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel calls it on an instance, by reflection.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<WorkerTable>("text/html", static (table, writer) => Html.Write(table.ToTable()?.ToHtml() ?? new XElement("p", Nobody), writer)),
        new TypeFormatter<WorkerTable>("text/plain", static (table, writer) => writer.Write(table.ToString())),
    ];
}
