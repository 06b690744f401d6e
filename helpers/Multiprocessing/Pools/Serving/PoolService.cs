using Multiprocessing.Calls;
using Multiprocessing.Transport.Rings;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools.Serving;

/// <summary>The one call that a worker of a pool gets: to serve the pool until there is nothing more to do.</summary>
internal sealed class PoolService(WorkerLink link, PoolBell bell, Action? initializer) : Call
{
    public override Delegate Function => initializer ?? (Delegate)Invoke;

    public override Delegate? Work => null;

    public override object? Invoke()
    {
        initializer?.Invoke();
        link.BeReady(ThisWorker.Printed);
        bell.ReadyBell.Ring();
        new TaskServer(link, bell.Bell).Run();

        // The rings are used by address.
        GC.KeepAlive(this);
        return null;
    }
}
