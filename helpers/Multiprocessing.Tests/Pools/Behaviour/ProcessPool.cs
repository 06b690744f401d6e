namespace Multiprocessing.Tests.Pools.Behaviour;

/// <summary>The pool under test: <see cref="WorkerPool"/> as it is.</summary>
internal sealed class ProcessPool(int processes) : IPool
{
    private readonly WorkerPool _pool = new(processes);

    public int Processes => _pool.Processes;

    public TResult[] Map<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.Map(function, source, chunkSize, progress, cancellationToken);

    public TResult[] Map<T, TResult>(Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.Map(function, source, chunkSize, progress, cancellationToken);

    public Task<TResult[]> MapAsync<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.MapAsync(function, source, chunkSize, progress, cancellationToken);

    public Task<TResult[]> MapAsync<T, TResult>(Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.MapAsync(function, source, chunkSize, progress, cancellationToken);

    public Task<TResult[]> MapAsync<T, TResult>(Func<T, CancellationToken, TResult> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.MapAsync(function, source, chunkSize, progress, cancellationToken);

    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.MapOrdered(function, source, chunkSize, progress, cancellationToken: cancellationToken);

    public IAsyncEnumerable<TResult> MapOrdered<T, TResult>(Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.MapOrdered(function, source, chunkSize, progress, cancellationToken: cancellationToken);

    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(Func<T, TResult> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.MapUnordered(function, source, chunkSize, progress, cancellationToken: cancellationToken);

    public IAsyncEnumerable<TResult> MapUnordered<T, TResult>(Func<T, Task<TResult>> function, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.MapUnordered(function, source, chunkSize, progress, cancellationToken: cancellationToken);

    public TResult MapReduce<T, TResult>(Func<T, TResult> map, Func<TResult, TResult, TResult> reduce, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.MapReduce(map, reduce, source, chunkSize, progress, cancellationToken);

    public void ForEach<T>(Action<T> action, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.ForEach(action, source, chunkSize, progress, cancellationToken);

    public void ForEach<T>(Func<T, Task> action, IEnumerable<T> source, int? chunkSize, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _pool.ForEach(action, source, chunkSize, progress, cancellationToken);

    public TResult Run<TResult>(Func<TResult> function, CancellationToken cancellationToken) => _pool.Run(function, cancellationToken);

    public TResult Run<TResult>(Func<Task<TResult>> function, CancellationToken cancellationToken) => _pool.Run(function, cancellationToken);

    public void Run(Action function, CancellationToken cancellationToken) => _pool.Run(function, cancellationToken);

    public void Run(Func<Task> function, CancellationToken cancellationToken) => _pool.Run(function, cancellationToken);

    public Task<TResult> RunAsync<TResult>(Func<TResult> function, CancellationToken cancellationToken) => _pool.RunAsync(function, cancellationToken);

    public Task<TResult> RunAsync<TResult>(Func<Task<TResult>> function, CancellationToken cancellationToken) => _pool.RunAsync(function, cancellationToken);

    public Task RunAsync(Action function, CancellationToken cancellationToken) => _pool.RunAsync(function, cancellationToken);

    public Task RunAsync(Func<Task> function, CancellationToken cancellationToken) => _pool.RunAsync(function, cancellationToken);

    public Failure Describe(Exception exception)
    {
        WorkerException error = Assert.IsType<WorkerException>(exception);
        return new Failure(error.InputIndex, error.InnerException!, [.. error.OtherExceptions.Select(static other => Assert.IsType<WorkerException>(other).InputIndex)]);
    }

    public void Dispose() => _pool.Dispose();
}
