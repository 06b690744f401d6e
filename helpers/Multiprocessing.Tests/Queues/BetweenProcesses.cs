namespace Multiprocessing.Tests.Queues;

/// <summary>Ours.</summary>
public sealed class BetweenProcesses<T>(int? capacity) : IQueueUnderTest<T>
{
    private readonly ProcessQueue<T> _queue = capacity is { } bound ? new(bound) : new();

    public int Count => _queue.Count;

    public bool IsAddingCompleted => _queue.IsAddingCompleted;

    public bool IsCompleted => _queue.IsCompleted;

    public void Enqueue(T item, CancellationToken cancellationToken) => _queue.Enqueue(item, cancellationToken);

    public bool TryEnqueue(T item, TimeSpan timeout) => _queue.TryEnqueue(item, timeout);

    public T Dequeue(CancellationToken cancellationToken) => _queue.Dequeue(cancellationToken);

    public bool TryDequeue(out T? item, TimeSpan timeout) => _queue.TryDequeue(out item, timeout);

    public void CompleteAdding() => _queue.CompleteAdding();

    public IEnumerable<T> GetConsumingEnumerable(CancellationToken cancellationToken) => _queue.GetConsumingEnumerable(cancellationToken);

    public void Dispose() => _queue.Dispose();
}
