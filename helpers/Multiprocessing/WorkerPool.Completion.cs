using Multiprocessing.Connections;
using Multiprocessing.Connections.Output;
using Multiprocessing.Pools;

namespace Multiprocessing;

/// <content>The end of a pool that finishes first what it was given.</content>
public sealed partial class WorkerPool
{
    /// <summary>Takes no more calls, finishes those that it has taken, and ends the workers: each when its process ends by itself, with what its functions have left running. Shows what that prints.</summary>
    /// <param name="cancellationToken">Ends the waiting. The pool goes on to its end; to end it at once, dispose of it.</param>
    /// <returns>A task that ends when there are no calls and no workers any more. To dispose of the pool then does nothing.</returns>
    /// <remarks>
    /// From the call on, others throw an <see cref="InvalidOperationException"/>. A stream belongs to those that it has taken while it is being enumerated, so that the loop over it must not await this. What calls throw is told to whoever made them, and not here.
    /// Workers that die meanwhile are replaced as long as there is something to do. Thread-safe; may be called again.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The waiting was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidOperationException">It is <see cref="Shared"/>.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfShared();
        Task<PoolWorker[]> completion = _workers.CompleteAsync();
        Cancellation cancellation = new(cancellationToken, _host.Notebook.Stop);
        await AwaitAsync(completion, cancellation).ConfigureAwait(false);
        PoolWorker[] workers = await completion.ConfigureAwait(false);
        OutputWait[] outputs = [.. workers.Select(worker => _host.Output.BeginWait(worker.Connection))];
        try
        {
            await AwaitAsync(Task.WhenAll(workers.Select(static worker => worker.Connection.Closed)), cancellation).ConfigureAwait(false);
        }
        finally
        {
            Array.ForEach(outputs, static output => output.Dispose());
        }

        ObjectDisposedException.ThrowIf(_workers.State == PoolState.Disposed, this);
    }

    private static async Task AwaitAsync(Task end, Cancellation cancellation)
    {
        using CancellationTokenSource leaving = cancellation.CreateLinkedSource();
        await end.WaitAsync(leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!end.IsCompleted)
        {
            cancellation.ThrowIfRequested();
        }
    }
}
