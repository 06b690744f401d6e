using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>A call on a queue that may wait, and what ends its waiting.</summary>
/// <param name="handle">Whose call it is.</param>
/// <param name="call">Until when it waits.</param>
/// <param name="cancellation">Ends it.</param>
internal readonly struct QueueCall(QueueHandle handle, WaitDeadline call, CancellationToken cancellation = default)
{
    public WaitDeadline Deadline => call;

    /// <summary>Who enqueues, if the queue is half of a pipe: without them there is no point in waiting.</summary>
    public PipeWatch? OtherEnd { get; init; }

    public CancellationToken Cancellation => cancellation;

    /// <summary>Throws if the waiting is to end whatever comes.</summary>
    /// <exception cref="ObjectDisposedException">The queue has been disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void ThrowIfEnded()
    {
        handle.ThrowIfEnded();
        cancellation.ThrowIfCancellationRequested();
    }
}

/// <summary>One object's use of a queue, until it is disposed of. (A process may have the same queue in several objects.) Thread-safe.</summary>
internal sealed class QueueHandle(object owner)
{
    private volatile bool _hasEnded;

    public bool HasEnded => _hasEnded;

    /// <summary>Ends it.</summary>
    /// <returns>False if it had ended before.</returns>
    public bool TryEnd() => !Interlocked.Exchange(ref _hasEnded, true);

    /// <summary>Throws if it has ended.</summary>
    public void ThrowIfEnded() => ObjectDisposedException.ThrowIf(_hasEnded, owner);
}
