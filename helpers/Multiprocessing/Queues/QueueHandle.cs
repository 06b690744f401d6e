namespace Multiprocessing.Queues;

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
