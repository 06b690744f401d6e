using Multiprocessing.Hosts;
using Multiprocessing.Workers.Output;

namespace Multiprocessing.Pools;

/// <summary>Waits, on the calling thread, until the workers that a pool has are ready to run functions. Those that it lacks are started.</summary>
internal sealed class Readiness(WorkerRoster roster, Cancellation cancellation)
{
    /// <summary>A lost wake-up costs no more than this.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<PoolWorker, OutputWait> _awaited = [];

    /// <summary>Waits.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled. The workers go on.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed of.</exception>
    public void Wait()
    {
        using CancellationRegistration registration = cancellation.Register(static roster => ((WorkerRoster)roster!).Bell.ReadyBell.Ring(), roster);
        try
        {
            foreach (PoolWorker worker in roster.StartAndList())
            {
                _awaited.Add(worker, OutputRouter.BeginWait(worker.Session));
            }

            while (true)
            {
                int seen = roster.Bell.ReadyBell.Listen();
                cancellation.ThrowIfRequested();
                Look();
                if (_awaited.Count == 0)
                {
                    return;
                }

                roster.Bell.ReadyBell.Wait(seen, Slice);
            }
        }
        finally
        {
            foreach (OutputWait output in _awaited.Values)
            {
                output.Dispose();
            }
        }
    }

    private void Look()
    {
        foreach ((PoolWorker worker, OutputWait output) in _awaited)
        {
            if (roster.IsReady(worker, out int printed))
            {
                worker.AwaitOutput(printed);
                output.Dispose();
                _awaited.Remove(worker);
            }
        }
    }
}
