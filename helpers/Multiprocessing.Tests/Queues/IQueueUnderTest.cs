namespace Multiprocessing.Tests.Queues;

/// <summary>What every queue can do, between threads or between processes.</summary>
public interface IQueueUnderTest<T> : IDisposable
{
    int Count { get; }

    bool IsAddingCompleted { get; }

    bool IsCompleted { get; }

    void Enqueue(T item, CancellationToken cancellationToken = default);

    bool TryEnqueue(T item, TimeSpan timeout);

    T Dequeue(CancellationToken cancellationToken = default);

    bool TryDequeue(out T? item, TimeSpan timeout);

    void CompleteAdding();

    IEnumerable<T> GetConsumingEnumerable(CancellationToken cancellationToken = default);
}
