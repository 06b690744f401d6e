namespace Multiprocessing.Timings;

/// <summary>A piece of work in a <see cref="Timeline"/>.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Lane">Where: a thread of the process that made the timeline (<c>스레드 1</c>), or a worker process (<c>프로세스 1</c>), in the order in which they began.</param>
/// <param name="Start">When it began, after the first piece of the timeline.</param>
/// <param name="Elapsed">How long it took by the wall clock.</param>
public sealed record TimelineSpan(string Name, string Lane, TimeSpan Start, TimeSpan Elapsed);
