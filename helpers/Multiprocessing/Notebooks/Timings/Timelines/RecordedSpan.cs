namespace Multiprocessing.Timings.Timelines;

/// <summary>A piece of work as a thread records it, in timestamps of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
internal readonly record struct RecordedSpan(string Name, ThreadLane Lane, long Start, long End);
