using System.Collections.Concurrent;

namespace Multiprocessing.Tests.Queues;

/// <summary>.NET's own queue between threads.</summary>
public sealed class BetweenThreads<T>(int? capacity) : IQueueUnderTest<T>
{
    private readonly BlockingCollection<T> _queue = capacity is { } bound ? new(bound) : [];

    public int Count => _queue.Count;

    public bool IsAddingCompleted => _queue.IsAddingCompleted;

    public bool IsCompleted => _queue.IsCompleted;

    public void Enqueue(T item, CancellationToken cancellationToken) => _queue.Add(item, cancellationToken);

    public bool TryEnqueue(T item, TimeSpan timeout) => _queue.TryAdd(item, timeout);

    public T Dequeue(CancellationToken cancellationToken) => _queue.Take(cancellationToken);

    public bool TryDequeue(out T? item, TimeSpan timeout) => _queue.TryTake(out item, timeout);

    public void CompleteAdding() => _queue.CompleteAdding();

    public IEnumerable<T> GetConsumingEnumerable(CancellationToken cancellationToken) => _queue.GetConsumingEnumerable(cancellationToken);

    public void Dispose() => _queue.Dispose();
}
