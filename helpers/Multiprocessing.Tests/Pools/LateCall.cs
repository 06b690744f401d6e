using Multiprocessing.Connections.Calls;
using Multiprocessing.Pools;

namespace Multiprocessing.Tests.Pools;

/// <summary>A call that looks at its worker again only when that has ended: it finds the answer and the end at the same time.</summary>
internal sealed class LateCall(WorkerSet workers, Call call) : SingleCall(workers, call)
{
    protected override bool Feed(PoolWorker worker)
    {
        bool isFed = base.Feed(worker);
        worker.Connection.Channel.Push();
        worker.Connection.Closed.Wait();
        return isFed;
    }
}
