using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Memory;
using Multiprocessing.Queues;

namespace Multiprocessing;

/// <content>Taking items that are to be acknowledged, and waiting until all are.</content>
public sealed partial class ProcessQueue<T>
{
    /// <summary>Takes the item at the head of the queue, waiting for one as long as it takes. It comes back if it is not acknowledged.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The item, to be acknowledged when it has been done, and to be disposed of.</returns>
    /// <inheritdoc cref="Dequeue" path="/exception"/>
    /// <exception cref="InvalidOperationException">10,000 items of the queue have been taken so and not acknowledged.</exception>
    public QueueItem<T> DequeueItem(CancellationToken cancellationToken = default) => TakeItem(Timeout.InfiniteTimeSpan, cancellationToken) ?? throw NothingLeft();

    /// <summary>Takes the item at the head of the queue, waiting for one as long as it takes, without blocking a thread meanwhile. It comes back if it is not acknowledged.</summary>
    /// <inheritdoc cref="DequeueItem"/>
    public async Task<QueueItem<T>> DequeueItemAsync(CancellationToken cancellationToken = default) => await TakeItemAsync(cancellationToken).ConfigureAwait(false) ?? throw NothingLeft();

    /// <summary>Takes the item at the head of the queue if there is one. It comes back if it is not acknowledged.</summary>
    /// <param name="item">The item, to be acknowledged when it has been done, and to be disposed of.</param>
    /// <returns>Whether there was one.</returns>
    /// <inheritdoc cref="DequeueItem" path="/exception"/>
    public bool TryDequeueItem([NotNullWhen(true)] out QueueItem<T>? item) => TryDequeueItem(out item, TimeSpan.Zero);

    /// <summary>Takes the item at the head of the queue if there is one in time. It comes back if it is not acknowledged.</summary>
    /// <param name="item">The item, to be acknowledged when it has been done, and to be disposed of.</param>
    /// <param name="timeout">The longest time to wait for one; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether there was one; false, too, as soon as the queue is complete, and nothing is left or can come back.</returns>
    /// <inheritdoc cref="DequeueItem" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool TryDequeueItem([NotNullWhen(true)] out QueueItem<T>? item, TimeSpan timeout, CancellationToken cancellationToken = default) => (item = TakeItem(timeout, cancellationToken)) is not null;

    /// <summary>Takes items that are to be acknowledged, waiting for each, until the queue is complete, and nothing is left or can come back.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The items that this enumeration takes. The one before is given back, if it has not been acknowledged, before the next one is waited for.</returns>
    /// <inheritdoc cref="DequeueItem" path="/exception"/>
    public IEnumerable<QueueItem<T>> GetConsumingItems(CancellationToken cancellationToken = default)
    {
        while (TakeItem(Timeout.InfiniteTimeSpan, cancellationToken) is { } item)
        {
            using (item)
            {
                yield return item;
            }
        }
    }

    /// <summary>Takes items that are to be acknowledged, waiting for each without blocking a thread of the pool, until the queue is complete, and nothing is left or can come back.</summary>
    /// <inheritdoc cref="GetConsumingItems"/>
    public async IAsyncEnumerable<QueueItem<T>> GetConsumingItemsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await TakeItemAsync(cancellationToken).ConfigureAwait(false) is { } item)
        {
            using (item)
            {
                yield return item;
            }
        }
    }

    /// <summary>Waits until nothing is in the queue, and every item that was taken to be acknowledged is: until all that was enqueued, also meanwhile, is done.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">Something is left, and every process that could do it has ended.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The queue has been disposed of.</exception>
    public void Join(CancellationToken cancellationToken = default) => Join(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until nothing is in the queue, and every item that was taken to be acknowledged is, or the time is up.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False if the time is up.</returns>
    /// <inheritdoc cref="Join(CancellationToken)" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool Join(TimeSpan timeout, CancellationToken cancellationToken = default) => Core.Join(new QueueCall(_handle, new WaitDeadline(timeout), cancellationToken));

    /// <summary>Waits until nothing is in the queue, and every item that was taken to be acknowledged is, without blocking a thread meanwhile.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends then.</returns>
    /// <inheritdoc cref="Join(CancellationToken)" path="/exception"/>
    public Task JoinAsync(CancellationToken cancellationToken = default) => JoinAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until nothing is in the queue, and every item that was taken to be acknowledged is, or the time is up, without blocking a thread meanwhile.</summary>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <inheritdoc cref="Join(TimeSpan, CancellationToken)" path="/returns"/>
    /// <inheritdoc cref="Join(TimeSpan, CancellationToken)" path="/exception"/>
    public async Task<bool> JoinAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        QueueCall call = new(_handle, new WaitDeadline(timeout), cancellationToken);
        QueueCore core = Core;
        core.BeginJoin(call);
        bool isIdle = core.IsReady(QueueAim.Idle);
        if (!isIdle && !call.Deadline.IsOver)
        {
            QueueLook look = new(core, QueueAim.Idle, call);
            await core.WaitAsync(QueueAim.Idle, () => isIdle = look.IsReady(), call).ConfigureAwait(false);
        }

        return isIdle;
    }

    private QueueItem<T>? TakeItem(TimeSpan timeout, CancellationToken cancellationToken) =>
        TakeItem(new QueueCall(_handle, new WaitDeadline(timeout), cancellationToken), out QueueItem<T>? item) == DequeueResult.Item ? item : null;

    private DequeueResult TakeItem(in QueueCall call, out QueueItem<T>? item)
    {
        QueueCore core = Core;
        DequeueResult result = ItemCodec<T>.Dequeue(core, out T value, out QueueLease lease, call);
        item = result == DequeueResult.Item ? new QueueItem<T>(core, lease, value) : null;
        return result;
    }

    private async Task<QueueItem<T>?> TakeItemAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TakeItem(new QueueCall(_handle, default, cancellationToken), out QueueItem<T>? item) != DequeueResult.TimeIsUp)
            {
                return item;
            }

            await Core.WaitAsync(QueueAim.Item, new QueueCall(_handle, WaitDeadline.Never, cancellationToken)).ConfigureAwait(false);
        }
    }
}
