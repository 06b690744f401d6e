namespace Multiprocessing.Queues;

/// <summary>How far one side of a queue has come.</summary>
/// <param name="Position">Where it is.</param>
/// <param name="Count">How many items have passed since the beginning: never falls, and never comes again.</param>
internal readonly record struct QueueProgress(QueuePosition Position, long Count);
