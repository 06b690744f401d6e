using Multiprocessing.Pools;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <content>A pool that is there for its own sake.</content>
public sealed partial class WorkerPool
{
    /// <summary>
    /// Makes a pool, uses it, and ends it, so that this process has loaded and compiled what that takes before somebody waits for it: some 18 ms of a first call. It is also why the generic
    /// code of such a call is compiled ahead of time: here is where <c>Map</c> from <see cref="int"/> to <see cref="int"/> is asked for.
    /// </summary>
    private static void Rehearse(WorkerHost host)
    {
        try
        {
            // It is nobody's call: what workers print is not for it.
            using (ExecutionContext.SuppressFlow())
            using (WorkerPool pool = new(host, new PoolSettings { Size = 1, Name = "rehearsal" }))
            {
                pool.Map(static x => x + 1, [1, 2]);
            }
        }
#pragma warning disable CA1031 // The root of a thread. Whoever makes a pool in earnest is told what is wrong.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
