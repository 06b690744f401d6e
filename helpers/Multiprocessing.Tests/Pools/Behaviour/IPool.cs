namespace Multiprocessing.Tests.Pools.Behaviour;

/// <summary>What a pool of threads and a pool of processes can both do: the members of <see cref="WorkerPool"/>.</summary>
internal interface IPool : IDisposable
{
    int Processes { get; }

    TResult[] Map<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    TResult[] Map<T, TResult>(Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    Task<TResult[]> MapAsync<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    Task<TResult[]> MapAsync<T, TResult>(Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    Task<TResult[]> MapAsync<T, TResult>(Func<T, CancellationToken, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    IAsyncEnumerable<TResult> MapOrdered<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    IAsyncEnumerable<TResult> MapOrdered<T, TResult>(Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    IAsyncEnumerable<TResult> MapUnordered<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    IAsyncEnumerable<TResult> MapUnordered<T, TResult>(Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    TResult MapReduce<T, TResult>(Func<T, TResult> map, Func<TResult, TResult, TResult> reduce, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    void ForEach<T>(Action<T> action, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    void ForEach<T>(Func<T, Task> action, IEnumerable<T> source, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    TResult Run<TResult>(Func<TResult> function, CancellationToken cancellationToken = default);

    TResult Run<TResult>(Func<Task<TResult>> function, CancellationToken cancellationToken = default);

    void Run(Action function, CancellationToken cancellationToken = default);

    void Run(Func<Task> function, CancellationToken cancellationToken = default);

    Task<TResult> RunAsync<TResult>(Func<TResult> function, CancellationToken cancellationToken = default);

    Task<TResult> RunAsync<TResult>(Func<Task<TResult>> function, CancellationToken cancellationToken = default);

    Task RunAsync(Action function, CancellationToken cancellationToken = default);

    Task RunAsync(Func<Task> function, CancellationToken cancellationToken = default);

    /// <summary>What an exception of this pool's says about the function that failed; fails if it is no such exception.</summary>
    Failure Describe(Exception exception);
}
