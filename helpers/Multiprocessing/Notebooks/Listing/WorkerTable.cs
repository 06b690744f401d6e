using System.Globalization;
using System.Xml.Linq;
using Multiprocessing.Notebooks.Display;
using Multiprocessing.Timings.Charts;
using Multiprocessing.Workers;

namespace Multiprocessing.Notebooks.Listing;

/// <summary>Workers at a moment, as <c>#!workers</c> shows them in both kernels.</summary>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
internal sealed class WorkerTable(IReadOnlyList<WorkerStatus> workers) : INotebookView
{
    private const string Nobody = "살아 있는 작업 프로세스가 없습니다.";
    private const double Megabyte = 1024 * 1024;

    public IReadOnlyList<WorkerStatus> Workers => workers;

    private DataTable? ToTable() => workers.Count == 0 ? null : new DataTable(
        ["이름", "프로세스 번호", "셀", "하는 일", "메모리", "CPU 시간"],
        [.. workers.Select(static worker => (string[])
        [
            worker.Name,
            worker.ProcessId.ToString(CultureInfo.InvariantCulture),
            worker.Cell ?? "",
            worker.Task ?? "기다리는 중",
            string.Create(CultureInfo.InvariantCulture, $"{worker.Memory / Megabyte:0.0} MB"),
            string.Create(CultureInfo.InvariantCulture, $"{worker.ProcessorTime.TotalSeconds:0.00}초"),
        ])]);

    public void WriteHtml(TextWriter writer) => Html.Write(ToTable()?.ToHtml() ?? new XElement("p", Nobody), writer);

    public override string ToString() => ToTable()?.ToText() ?? Nobody;
}
