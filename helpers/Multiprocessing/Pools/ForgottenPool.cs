using Multiprocessing.Connections;

namespace Multiprocessing.Pools;

/// <summary>
/// Ends the workers of a pool that its program has forgotten. All that a pool needs a finalizer for, so that what its functions have captured goes with the pool, and does not wait for another collection.
/// </summary>
/// <param name="all">The workers.</param>
/// <param name="retired">Those that are to end, and have not yet.</param>
/// <param name="wakeup">The pool's event.</param>
internal sealed class ForgottenPool(List<PoolWorker> all, List<PoolWorker> retired, CallEvent wakeup) : IDisposable
{
    ~ForgottenPool() =>
        // Not here: to end a process takes the system its time, and a finalizer holds up those of the whole program.
        ThreadPool.UnsafeQueueUserWorkItem(static pool => pool.End(), this, preferLocal: false);

    /// <summary>The pool has been ended; it cannot be forgotten any more.</summary>
    public void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Nobody can make a call any more, and none is under way: the pool would be reachable from there.</summary>
    private void End()
    {
        all.ForEach(static worker => worker.EndAtOnce(silently: true));
        retired.ForEach(static worker => worker.EndAtOnce(silently: true));
        wakeup.Dispose();
    }
}
