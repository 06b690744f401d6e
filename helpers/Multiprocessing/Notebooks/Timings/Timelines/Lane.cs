namespace Multiprocessing.Timings.Timelines;

/// <summary>A thread or a process, and what it did.</summary>
/// <param name="Name">Its label.</param>
/// <param name="IsWorker">Whether it is in a worker process.</param>
/// <param name="Spans">From the first to begin to the last.</param>
internal sealed record Lane(string Name, bool IsWorker, IReadOnlyList<TimelineSpan> Spans);
