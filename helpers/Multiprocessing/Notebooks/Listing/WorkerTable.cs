using System.Globalization;
using Multiprocessing.Timings.Charts;
using Multiprocessing.Workers;

namespace Multiprocessing.Notebooks.Listing;

/// <summary>Workers at a moment, as a notebook shows them.</summary>
[TypeFormatterSource(typeof(WorkerTableFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
internal sealed class WorkerTable(IReadOnlyList<WorkerStatus> workers)
{
    private const double Megabyte = 1024 * 1024;

    public IReadOnlyList<WorkerStatus> Workers => workers;

    /// <summary>Those that live at about this moment.</summary>
    public static WorkerTable OfLive() => new(WorkerHost.Default.Live.List());

    public DataTable? ToTable() => workers.Count == 0 ? null : new DataTable(
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

    public override string ToString() => ToTable()?.ToText() ?? WorkerTableFormatterSource.Nobody;
}
