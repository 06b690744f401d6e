using System.Diagnostics;

namespace Multiprocessing.Queues;

/// <summary>How long a call waits, and what ends its waiting.</summary>
internal readonly struct WaitDeadline
{
    private readonly QueueHandle _handle;
    private readonly long _end;

    /// <param name="handle">Whose call it is.</param>
    /// <param name="timeout">The longest time.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> makes no sense.</exception>
    public WaitDeadline(QueueHandle handle, TimeSpan timeout, CancellationToken cancellation = default)
    {
        if (timeout.TotalMilliseconds is (< 0 and not Timeout.Infinite) or > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A time to wait is not negative, except for Timeout.InfiniteTimeSpan, and at most int.MaxValue ms.");
        }

        _handle = handle;
        _end = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue
            : timeout == TimeSpan.Zero ? 0
            : Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        Cancellation = cancellation;
    }

    public CancellationToken Cancellation { get; }

    /// <summary>Whether the time is up.</summary>
    public bool IsOver => _end != long.MaxValue && (_end == 0 || Stopwatch.GetTimestamp() >= _end);

    /// <summary>What is left of the time, but no more than that.</summary>
    public TimeSpan LeftUpTo(TimeSpan limit)
    {
        TimeSpan left = _end == long.MaxValue ? limit : _end == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _end);
        return left < limit ? left : limit;
    }

    /// <summary>Throws if the waiting is to end whatever comes.</summary>
    /// <exception cref="ObjectDisposedException">The queue has been disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void ThrowIfEnded()
    {
        _handle.ThrowIfEnded();
        Cancellation.ThrowIfCancellationRequested();
    }
}
