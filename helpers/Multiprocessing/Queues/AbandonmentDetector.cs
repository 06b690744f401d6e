using System.Diagnostics;

namespace Multiprocessing.Queues;

/// <summary>
/// Finds out, look by look, that one waits in vain: that nobody is left, one has died, and it has been so for a while in which nobody came. A program whose worker has died may be
/// about to start another in its place, or to complete the queue.
/// </summary>
internal struct AbandonmentDetector(QueueUserTable users)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private long _since;
    private int _arrivals;

    /// <summary>Looks.</summary>
    /// <returns>The number of a process that died; null as long as there is hope.</returns>
    public int? FindCause()
    {
        int arrivals = users.Arrivals;
        if (users.FindDeath() is not { } death)
        {
            _since = 0;
            return null;
        }

        if (_since == 0 || arrivals != _arrivals)
        {
            (_since, _arrivals) = (Stopwatch.GetTimestamp(), arrivals);
            return null;
        }

        return Stopwatch.GetElapsedTime(_since) >= Grace ? death : null;
    }
}
