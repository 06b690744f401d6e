using Multiprocessing.Workers;

namespace Multiprocessing;

/// <content>A pool for all.</content>
public sealed partial class WorkerPool
{
    private static readonly TimeSpan SharedIdleTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The pool of the whole program, for calls that need none of their own: <c>int[] squares = WorkerPool.Shared.Map(Square, array);</c></summary>
    /// <remarks>
    /// It is made when it is first asked for, with a worker for each processor. A minute after the last call they end, and the next call has them started anew: their static fields are fresh then. It belongs to all: to
    /// dispose of it, or to complete it, is an <see cref="InvalidOperationException"/>. In all else it is a pool like any other; the functions that it runs have one of their own, in the worker. Thread-safe.
    /// </remarks>
    public static WorkerPool Shared => SharedOf(WorkerHost.Default);

    internal static WorkerPool SharedOf(WorkerHost host) => host.GetShared(static host =>
        new WorkerPool(host, new WorkerPoolOptions { IdleTimeout = SharedIdleTimeout }.ToSettings(usualName: nameof(Shared)), isShared: true));

    private void ThrowIfShared()
    {
        if (_isShared)
        {
            throw new InvalidOperationException("WorkerPool.Shared belongs to the whole program and is not disposed of or completed: its workers end by themselves when there is nothing to do. Make a pool of your own to end it.");
        }
    }
}
