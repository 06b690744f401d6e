using System.Diagnostics;
using System.Globalization;

namespace Multiprocessing.Timings.Timelines;

/// <summary>What was recorded, sorted into lanes and in time.</summary>
internal sealed class Lanes
{
    /// <param name="recorded">In any order: each thread and each process records at its own pace.</param>
    public Lanes(IReadOnlyCollection<RecordedSpan> recorded)
    {
        RecordedSpan[] inTime = [.. recorded.OrderBy(span => span.Start).ThenByDescending(span => span.End)];
        long zero = inTime.Length > 0 ? inTime[0].Start : 0;

        ThreadLane[] threads = [.. inTime.Select(span => span.Lane).Distinct()];
        int[] workers = [.. threads.Select(thread => thread.ProcessId).Where(process => process != Environment.ProcessId).Distinct()];
        Dictionary<ThreadLane, string> names = threads.ToDictionary(thread => thread, thread => Name(thread, threads, workers));

        Spans =
        [
            .. inTime.Select(span => new TimelineSpan(
                span.Name, names[span.Lane], Stopwatch.GetElapsedTime(zero, span.Start), Stopwatch.GetElapsedTime(span.Start, span.End))),
        ];
        // Threads of this process first, then process by process.
        All =
        [
            .. threads
                .OrderBy(thread => Array.IndexOf(workers, thread.ProcessId))
                .Select(thread => new Lane(names[thread], IsWorker: thread.ProcessId != Environment.ProcessId, [.. Spans.Where(span => span.Lane == names[thread])])),
        ];
    }

    /// <summary>From the first to begin to the last.</summary>
    public IReadOnlyList<TimelineSpan> Spans { get; }

    /// <summary>From top to bottom.</summary>
    public IReadOnlyList<Lane> All { get; }

    /// <summary>From the beginning of the first piece to the end of the last.</summary>
    public TimeSpan Elapsed => Spans.Select(span => span.Start + span.Elapsed).DefaultIfEmpty().Max();

    private static string Name(ThreadLane lane, ThreadLane[] threads, int[] workers)
    {
        ThreadLane[] ofProcess = [.. threads.Where(thread => thread.ProcessId == lane.ProcessId)];
        int number = Array.IndexOf(ofProcess, lane) + 1;
        string? given = ofProcess.Count(thread => thread.ThreadName == lane.ThreadName) == 1 ? lane.ThreadName : null;
        string thread = given ?? string.Create(CultureInfo.InvariantCulture, $"스레드 {number}");
        int worker = Array.IndexOf(workers, lane.ProcessId) + 1;
        if (worker == 0)
            return thread;
        string process = string.Create(CultureInfo.InvariantCulture, $"프로세스 {worker}");
        return ofProcess.Length == 1 ? process : $"{process} · {thread}";
    }
}
