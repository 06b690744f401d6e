using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Memory;
using Multiprocessing.Queues;

namespace Multiprocessing;

/// <content>Taking items out.</content>
public sealed partial class ProcessQueue<T>
{
    /// <summary>Takes the item at the head of the queue, waiting for one as long as it takes.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The item: a copy of what was enqueued.</returns>
    /// <exception cref="InvalidOperationException">
    /// The queue is complete and empty; or it is empty, and every process that could put something in has ended.
    /// </exception>
    /// <exception cref="InvalidDataException">The item could not be rebuilt in this process. It is not in the queue any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The queue has been disposed of.</exception>
    public T Dequeue(CancellationToken cancellationToken = default) =>
        TryTake(out T item, Timeout.InfiniteTimeSpan, cancellationToken) ? item : throw NothingLeft();

    /// <summary>Takes the item at the head of the queue, waiting for one as long as it takes, without blocking a thread meanwhile.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The item: a copy of what was enqueued.</returns>
    /// <inheritdoc cref="Dequeue" path="/exception"/>
    public async Task<T> DequeueAsync(CancellationToken cancellationToken = default) =>
        await TakeAsync(cancellationToken).ConfigureAwait(false) is (true, var item) ? item : throw NothingLeft();

    /// <summary>Takes the item at the head of the queue if there is one.</summary>
    /// <param name="item">The item: a copy of what was enqueued.</param>
    /// <returns>Whether there was one.</returns>
    /// <inheritdoc cref="Dequeue" path="/exception"/>
    public bool TryDequeue([MaybeNullWhen(false)] out T item) => TryTake(out item, TimeSpan.Zero, CancellationToken.None);

    /// <summary>Takes the item at the head of the queue if there is one in time.</summary>
    /// <param name="item">The item: a copy of what was enqueued.</param>
    /// <param name="timeout">The longest time to wait for one; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether there was one; false, too, as soon as the queue is complete and empty.</returns>
    /// <inheritdoc cref="Dequeue" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool TryDequeue([MaybeNullWhen(false)] out T item, TimeSpan timeout, CancellationToken cancellationToken = default) => TryTake(out item, timeout, cancellationToken);

    /// <summary>Takes items, waiting for each, until the queue is complete and empty.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The items that this enumeration takes: each goes to one consumer.</returns>
    /// <inheritdoc cref="Dequeue" path="/exception"/>
    public IEnumerable<T> GetConsumingEnumerable(CancellationToken cancellationToken = default)
    {
        while (TryTake(out T item, Timeout.InfiniteTimeSpan, cancellationToken))
        {
            yield return item;
        }
    }

    /// <summary>Takes items, waiting for each without blocking a thread of the pool, until the queue is complete and empty.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The items that this enumeration takes: each goes to one consumer.</returns>
    /// <inheritdoc cref="Dequeue" path="/exception"/>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (await TakeAsync(cancellationToken).ConfigureAwait(false) is (true, var item))
        {
            yield return item;
        }
    }

    private static InvalidOperationException NothingLeft() => new("The queue is complete and empty: CompleteAdding has been called, and every item has been taken.");

    private bool TryTake(out T item, TimeSpan timeout, CancellationToken cancellationToken) =>
        ItemCodec<T>.Dequeue(Core, out item, new QueueCall(_handle, new WaitDeadline(timeout), cancellationToken)) == DequeueResult.Item;

    private async ValueTask<(bool Taken, T Item)> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            DequeueResult result = ItemCodec<T>.Dequeue(Core, out T item, new QueueCall(_handle, default, cancellationToken));
            if (result != DequeueResult.TimeIsUp)
            {
                return (result == DequeueResult.Item, item);
            }

            await Core.WaitAsync(QueueAim.Item, new QueueCall(_handle, WaitDeadline.Never, cancellationToken)).ConfigureAwait(false);
        }
    }
}
