using Multiprocessing.Connections.Calls;
using Multiprocessing.Pools;

namespace Multiprocessing.Tests.Pools;

/// <summary>A call that looks at its worker again only when that has ended: it finds the answer and the end at the same time.</summary>
/// <param name="workers">The pool.</param>
/// <param name="call">The function.</param>
/// <param name="onAnswered">Is called when the answer is there; has the worker end.</param>
internal sealed class LateCall(WorkerSet workers, Call call, Action onAnswered) : SingleCall(workers, call)
{
    protected override bool Feed(PoolWorker worker)
    {
        // After this the next that it says is the answer.
        Assert.True(Rendezvous.Await(() => !worker.TryReceive(out _) && worker.IsReady));
        ref long said = ref worker.Connection.Memory.State.Replies.Written;
        long before = Volatile.Read(ref said);
        bool isFed = base.Feed(worker);
        worker.Connection.Channel.Push();
        while (Volatile.Read(ref said) == before)
        {
            Thread.Sleep(1);
        }

        onAnswered();
        worker.Connection.Closed.Wait();
        return isFed;
    }
}
