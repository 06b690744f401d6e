using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Multiprocessing.Memory;
using Multiprocessing.Queues;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// A queue between processes, and between the threads of each: any number may enqueue, any number dequeue. Sent to a worker, alone or in other data, it is the same queue there.
/// Thread-safe and process-safe.
/// </summary>
/// <typeparam name="T">The type of the items: whatever can be sent to another process. Each item is copied when it is enqueued.</typeparam>
/// <remarks>
/// An item is in the queue as soon as <see cref="Enqueue"/> has returned: what a worker enqueued is all there when it has ended, and it may end before anybody dequeues. Items
/// of one producer come out in its order. A process that is killed in the middle of a call has enqueued its item, or has not, and stops nobody else.
/// <para>What <see cref="Dequeue"/> gives is gone from the queue, though its taker be killed before it has done anything with it. What <see cref="DequeueItem"/> gives is to be acknowledged, and comes back if its taker dies before. <see cref="Join(CancellationToken)"/>
/// waits until all items have been taken, and acknowledged where they are to be.</para>
/// <para>Who waits while nobody is left to end the waiting is told so by an <see cref="InvalidOperationException"/>: if every other process that had the queue has ended,
/// one of them before its work was done, nobody has come for two seconds, and this process itself has never enqueued anything (or, waiting for room, dequeued).</para>
/// <para>The queue belongs to the process that made it, or received it from the worker that did. When that process disposes of it, or ends, it is over for all.</para>
/// </remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "It is a queue.")]
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed partial class ProcessQueue<T> : IAsyncEnumerable<T>, IDisposable, ISharedObject
{
    private Segment _segment = null!;
    private QueueCore _core = null!;
    private QueueHandle _handle = null!;

    /// <summary>Makes a queue that holds as many items as there is room for in memory, or else in the temp folder.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessQueue()
        : this(null, WorkerHost.Default)
    {
    }

    /// <summary>Makes a queue that holds a number of items: who enqueues more waits.</summary>
    /// <param name="boundedCapacity">How many; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="boundedCapacity"/> is less than 1.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ProcessQueue(int boundedCapacity)
        : this((int?)boundedCapacity, WorkerHost.Default)
    {
    }

    internal ProcessQueue(int? boundedCapacity, SerializationContext context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(boundedCapacity ?? 1, 1, nameof(boundedCapacity));
        ((ISharedObject)this).Attach(QueueCore.Create(context.Memory, boundedCapacity ?? 0), context);
    }

    /// <summary>How many items are in the queue, at about this moment; without those that were taken and are not acknowledged yet (<see cref="QueueItem{T}"/>).</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public int Count => (int)Math.Min(Core.Count, int.MaxValue);

    /// <summary>Whether there is no item in the queue, at this moment.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool IsEmpty => Core.IsEmpty;

    /// <summary>Whether <see cref="CompleteAdding"/> has been called, in any process.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool IsAddingCompleted => Core.IsAddingCompleted;

    /// <summary>Whether adding has been completed and no item is left, nor can come back (<see cref="QueueItem{T}"/>).</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool IsCompleted => Core.IsCompleted;

    /// <summary>How many items there is room for; null if there is no bound.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public int? BoundedCapacity => Core.Capacity;

    /// <summary>Makes one more object of a queue.</summary>
    internal ProcessQueue(SerializationContext context, ProcessQueue<T> queue)
    {
        queue._segment.AddUser();
        ((ISharedObject)this).Attach(queue._segment, context);
    }

    internal bool IsDisposed => _handle.HasEnded;

    Segment? ISharedObject.Segment => _handle.HasEnded ? null : _segment;

    ITracksUsers? ISharedObject.Tracker => _core;

    internal static string Title => $"ProcessQueue<{typeof(T).Name}>";

    internal QueueCore Core
    {
        get
        {
            _handle.ThrowIfEnded();
            return _core;
        }
    }

    /// <summary>Puts an item at the end of the queue, waiting for room if it has a bound.</summary>
    /// <param name="item">The item. A copy of it is made here; later changes do not reach it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">
    /// <see cref="CompleteAdding"/> has been called; or the queue is full, and every process that could take something out has ended.
    /// </exception>
    /// <exception cref="NotShippableException">The item cannot go to another process.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the notebook cell that waits was stopped.</exception>
    /// <exception cref="IOException">There is no room for it, neither in memory nor in the temp folder.</exception>
    /// <exception cref="ObjectDisposedException">The queue has been disposed of.</exception>
    public void Enqueue(T item, CancellationToken cancellationToken = default) =>
        ItemCodec<T>.TryEnqueue(Core, item, new QueueCall(_handle, WaitDeadline.Never, cancellationToken));

    /// <summary>Puts an item at the end of the queue, waiting for room if it has a bound, without blocking a thread meanwhile.</summary>
    /// <param name="item">The item. A copy of it is made when there is room for it; later changes do not reach it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when the item is in the queue.</returns>
    /// <inheritdoc cref="Enqueue" path="/exception"/>
    public async Task EnqueueAsync(T item, CancellationToken cancellationToken = default)
    {
        while (!ItemCodec<T>.TryEnqueue(Core, item, new QueueCall(_handle, default, cancellationToken)))
        {
            await Core.WaitAsync(QueueAim.Room, new QueueCall(_handle, WaitDeadline.Never, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>Puts an item at the end of the queue if there is room.</summary>
    /// <param name="item">The item. A copy of it is made here; later changes do not reach it.</param>
    /// <returns>Whether it is in the queue.</returns>
    /// <inheritdoc cref="Enqueue" path="/exception"/>
    public bool TryEnqueue(T item) => TryEnqueue(item, TimeSpan.Zero);

    /// <summary>Puts an item at the end of the queue if there is room in time.</summary>
    /// <param name="item">The item. A copy of it is made here; later changes do not reach it.</param>
    /// <param name="timeout">The longest time to wait for room; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether it is in the queue.</returns>
    /// <inheritdoc cref="Enqueue" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool TryEnqueue(T item, TimeSpan timeout, CancellationToken cancellationToken = default) => ItemCodec<T>.TryEnqueue(Core, item, new QueueCall(_handle, new WaitDeadline(timeout), cancellationToken));

    /// <summary>Says that nothing will be enqueued any more, by any process. Who waits for an item when none is left goes on. Again, it does nothing.</summary>
    /// <exception cref="ObjectDisposedException">The queue has been disposed of.</exception>
    public void CompleteAdding() => Core.CompleteAdding(new QueueCall(_handle, WaitDeadline.Never));

    /// <summary>
    /// Ends the use of this object. In the process that the queue belongs to, it is the end of the queue: what is left in it is thrown away, and who waits, in any process, gets an
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        if (_handle.TryEnd())
        {
            _segment.RemoveUser();
            _core.WakeAll();
            _core.Unmap();
        }
    }

    /// <summary>The type and how many items are in it.</summary>
    public override string ToString()
    {
        if (_handle.HasEnded)
        {
            return $"{Title}: disposed";
        }

        int count = Count;
        string items = _core.Capacity is { } capacity
            ? string.Create(CultureInfo.InvariantCulture, $"{count} of at most {capacity} items")
            : string.Create(CultureInfo.InvariantCulture, $"{count} item{(count == 1 ? "" : "s")}");
        return $"{Title}: {items}{(IsAddingCompleted ? ", adding completed" : "")}";
    }

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _segment = segment;
        _core = QueueCore.Of(segment, context);
        _handle = new QueueHandle(this);
    }
}
