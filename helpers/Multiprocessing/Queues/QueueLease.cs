namespace Multiprocessing.Queues;

/// <summary>An item that this process has taken and not acknowledged yet.</summary>
/// <param name="Index">Its entry among the leases.</param>
/// <param name="Number">The how-manyth item of the queue it is, from 0: an entry has one item after the other.</param>
internal readonly record struct QueueLease(int Index, long Number);
