using Multiprocessing.Connections;
using Multiprocessing.Connections.Output;
using Multiprocessing.Pools;

namespace Multiprocessing;

/// <content>Waiting for the workers themselves.</content>
public sealed partial class WorkerPool
{
    /// <summary>Waits until every worker is ready to run functions: its process has started and the initializer has run. Shows what that prints.</summary>
    /// <param name="cancellationToken">Ends the wait, and not the workers.</param>
    /// <remarks>
    /// No call needs it: a call waits for workers by itself. It is there for those who measure what comes after, or want an initializer's error before they go on. Workers that have failed to start, or
    /// have died, are started anew. A worker that is at work is ready. Thread-safe.
    /// </remarks>
    /// <exception cref="WorkerException">The initializer threw an exception.</exception>
    /// <exception cref="WorkerDiedException">A worker ended before it was ready.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    public void WaitUntilReady(CancellationToken cancellationToken = default)
    {
        WaitUntilReadyAsync(cancellationToken).GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="WaitUntilReady(CancellationToken)"/>
    /// <returns>A task that ends when every worker is ready.</returns>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken = default)
    {
        _workers.ThrowIfClosed();
        return AwaitReadyAsync(new Cancellation(cancellationToken, _host.Notebook.Stop));
    }

    private async Task AwaitReadyAsync(Cancellation cancellation)
    {
        cancellation.ThrowIfRequested();
        PoolWorker[] workers = _workers.StartAndList();
        List<OutputWait> outputs = [];
        using CancellationTokenSource ending = cancellation.CreateLinkedSource();
        try
        {
            foreach (PoolWorker worker in workers)
            {
                outputs.Add(_host.Output.BeginWait(worker.Connection));
            }

            foreach (PoolWorker worker in workers)
            {
                await worker.Ready.WaitAsync(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellation.ThrowIfRequested();
                if (worker.Ready.IsFaulted)
                {
                    ObjectDisposedException.ThrowIf(_workers.IsDisposed, this);
                    await worker.Ready.ConfigureAwait(false);
                }
            }
        }
        finally
        {
            outputs.ForEach(static output => output.Dispose());
        }

        ObjectDisposedException.ThrowIf(_workers.IsDisposed, this);
    }
}
