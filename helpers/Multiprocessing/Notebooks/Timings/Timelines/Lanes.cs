using System.Diagnostics;

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
        LaneNames names = new(threads);

        (ThreadLane Lane, TimelineSpan Span)[] spans =
        [
            .. inTime.Select(span => (span.Lane, new TimelineSpan(
                span.Name, names[span.Lane], Stopwatch.GetElapsedTime(zero, span.Start), Stopwatch.GetElapsedTime(span.Start, span.End)))),
        ];
        ILookup<ThreadLane, TimelineSpan> ofLane = spans.ToLookup(span => span.Lane, span => span.Span);
        Spans = [.. spans.Select(span => span.Span)];
        // Threads of this process first, then process by process.
        All =
        [
            .. threads
                .OrderBy(thread => Array.IndexOf(workers, thread.ProcessId))
                .Select(thread => new Lane(names[thread], IsWorker: thread.ProcessId != Environment.ProcessId, [.. ofLane[thread]])),
        ];
    }

    /// <summary>From the first to begin to the last.</summary>
    public IReadOnlyList<TimelineSpan> Spans { get; }

    /// <summary>From top to bottom.</summary>
    public IReadOnlyList<Lane> All { get; }

    /// <summary>From the beginning of the first piece to the end of the last.</summary>
    public TimeSpan Elapsed => Spans.Select(span => span.Start + span.Elapsed).DefaultIfEmpty().Max();
}

/// <summary>A thread or a process, and what it did.</summary>
/// <param name="Name">Its label.</param>
/// <param name="IsWorker">Whether it is in a worker process.</param>
/// <param name="Spans">From the first to begin to the last.</param>
internal sealed record Lane(string Name, bool IsWorker, IReadOnlyList<TimelineSpan> Spans);

/// <summary>A piece of work as a thread records it, in timestamps of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
internal readonly record struct RecordedSpan(string Name, ThreadLane Lane, long Start, long End);
