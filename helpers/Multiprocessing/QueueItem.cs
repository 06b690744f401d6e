using Multiprocessing.Queues;
using Multiprocessing.Serialization;

namespace Multiprocessing;

/// <summary>An item that was taken out of a <see cref="ProcessQueue{T}"/> and is to be acknowledged when it has been done: <c>using QueueItem&lt;T&gt; item = queue.DequeueItem(); … item.Acknowledge();</c>. Thread-safe.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <remarks>
/// An item that is disposed of without that comes back to the queue, and so does one whose process ends, in whichever way: the next one gets it that takes anything, before all that is in the queue. So every item is done at least once, and in most cases once: a process that is
/// killed between the work and <see cref="Acknowledge"/> has done it, and another one does it again.
/// <para>Python's <c>JoinableQueue</c> counts instead: whoever calls <c>task_done</c> says that some item is done, and if a process dies before it does, the item is lost and <c>join</c> waits for ever. That any queue can give items
/// to be acknowledged, rather than a queue of another type, leaves each consumer the choice.</para>
/// <para>Of a queue whose adding is complete one waits for items as long as any is out, since it may come back. So who has an item and waits for another one without having acknowledged the first may wait for itself.</para>
/// </remarks>
public sealed class QueueItem<T> : IDisposable, IUnsendable
{
    private readonly QueueCore _core;
    private readonly QueueLease _lease;
    private int _isSettled;

    internal QueueItem(QueueCore core, QueueLease lease, T value)
    {
        _core = core;
        _lease = lease;
        Value = value;
    }

    /// <summary>The item: a copy of what was enqueued.</summary>
    public T Value { get; }

    string IUnsendable.Advice => "it belongs to the process that took it. Send its value, and acknowledge it here.";

    /// <summary>Says that the item is done: it does not come back, and <see cref="ProcessQueue{T}.Join(CancellationToken)"/> waits for it no more.</summary>
    /// <exception cref="InvalidOperationException">It has been acknowledged, or disposed of, before.</exception>
    /// <exception cref="ObjectDisposedException">The queue has been disposed of by the process that it belongs to.</exception>
    public void Acknowledge()
    {
        if (Interlocked.Exchange(ref _isSettled, 1) != 0)
        {
            throw new InvalidOperationException("This item has been acknowledged, or given back by Dispose, before.");
        }

        if (!_core.Settle(_lease, isDone: true))
        {
            throw Memory.SegmentParts.Gone();
        }
    }

    /// <summary>Gives the item back to the queue, unless it has been acknowledged. Again, it does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isSettled, 1) == 0)
        {
            _core.Settle(_lease, isDone: false);
        }
    }

    /// <summary>The item as text.</summary>
    public override string ToString() => Value?.ToString() ?? "";
}
